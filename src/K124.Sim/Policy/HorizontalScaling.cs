using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Policy;

/// <summary>How many replicas metrics ask for.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/podautoscaler/replica_calculator.go. Values and targets are in thousandths.</remarks>
/// <param name="timing">Times and tolerance.</param>
/// <param name="now">The present.</param>
internal sealed class HorizontalScaling(HorizontalScalingTiming timing, DateTimeOffset now)
{
    private const string NoPods = "no pods returned by selector while calculating replica count";
    private const string NoMetrics = "did not receive metrics for any ready pods";
    private const int Percent = 100;

    /// <summary>What metrics ask for.</summary>
    /// <param name="Replicas">The number.</param>
    /// <param name="Utilization">Utilisation in percent, or the average value.</param>
    /// <param name="RawUtilization">Average value behind a utilisation.</param>
    /// <param name="Error">Why there is no answer; null if there is one.</param>
    internal readonly record struct Proposal(int Replicas, long Utilization, long RawUtilization, string? Error = null);

    /// <summary>By utilisation of what pods request.</summary>
    public Proposal ByUtilization(
        IReadOnlyCollection<Pod> pods, IReadOnlyDictionary<string, PodMetric> metrics, string resource, int current, int target)
    {
        if (pods.Count == 0)
        {
            return Fail(NoPods);
        }

        var groups = PodMetricGroups.Of(pods, metrics, resource == "cpu", timing, now);
        var requests = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var pod in pods)
        {
            long sum = 0;
            foreach (var container in pod.Spec.Containers)
            {
                if (!container.Resources.Requests.TryGetValue(resource, out var request))
                {
                    return Fail($"missing request for {resource}");
                }

                sum += request.MilliValue();
            }

            requests[pod.Metadata.Name] = sum;
        }

        if (groups.Metrics.Count == 0)
        {
            return Fail(NoMetrics);
        }

        if (Ratio(groups.Metrics, requests, target) is not { } first)
        {
            return Fail("no metrics returned matched known pods");
        }

        var replicas = Settle(groups, current, first.Ratio, name => requests[name], fillsAtTarget: false, values => Ratio(values, requests, target)?.Ratio ?? 1);
        return new(replicas, first.Utilization, first.Raw);
    }

    /// <summary>By the average value of pods.</summary>
    public Proposal ByPodValue(
        IReadOnlyCollection<Pod> pods, IReadOnlyDictionary<string, PodMetric> metrics, bool isCpu, int current, long target)
    {
        if (pods.Count == 0)
        {
            return Fail(NoPods);
        }

        var groups = PodMetricGroups.Of(pods, metrics, isCpu, timing, now);
        if (groups.Metrics.Count == 0)
        {
            return Fail(NoMetrics);
        }

        var average = Average(groups.Metrics);
        var replicas = Settle(groups, current, average / (double)target, _ => target, fillsAtTarget: true, values => Average(values) / (double)target);
        return new(replicas, average, 0);
    }

    /// <summary>By one value for all pods together.</summary>
    public Proposal ByValue(IReadOnlyCollection<Pod> pods, long value, int current, long target)
    {
        var ratio = value / (double)target;
        if (current == 0)
        {
            return new(Ceiling(ratio), value, 0);
        }

        if (IsTolerable(ratio))
        {
            return new(current, value, 0);
        }

        if (pods.Count == 0)
        {
            return Fail($"unable to calculate ready pods: {NoPods}");
        }

        var ready = pods.Count(static pod => pod.Status.Phase == "Running" && PodPredicates.IsReady(pod));
        return new(Ceiling(ratio * ready), value, 0);
    }

    /// <summary>By one value that is shared out among the replicas there are.</summary>
    public Proposal ByAverage(long value, int statusReplicas, long target)
    {
        var ratio = value / ((double)target * statusReplicas);
        var replicas = IsTolerable(ratio) ? statusReplicas : Ceiling(value / (double)target);
        return new(replicas, (long)Math.Ceiling(value / (double)statusReplicas), 0);
    }

    private static Proposal Fail(string error) => new(0, 0, 0, error);

    /// <summary>Fills in values that are not there, against the direction, and sees whether it still is one.</summary>
    private int Settle(
        PodMetricGroups groups, int current, double ratio, Func<string, long> full, bool fillsAtTarget, Func<Dictionary<string, long>, double> ratioOf)
    {
        var growsWithUnready = !groups.Unready.IsEmpty && ratio > 1;
        if (!growsWithUnready && groups.Missing.IsEmpty)
        {
            return IsTolerable(ratio) ? current : Ceiling(ratio * groups.ReadyCount);
        }

        foreach (var name in ratio < 1 || ratio > 1 || fillsAtTarget ? groups.Missing : [])
        {
            groups.Metrics[name] = ratio < 1 ? full(name) : 0;
        }

        foreach (var name in growsWithUnready ? groups.Unready : [])
        {
            groups.Metrics[name] = 0;
        }

        var filled = ratioOf(groups.Metrics);
        if (IsTolerable(filled) || (ratio < 1 && filled > 1) || (ratio > 1 && filled < 1))
        {
            return current;
        }

        var replicas = Ceiling(filled * groups.Metrics.Count);
        return (filled < 1 && replicas > current) || (filled > 1 && replicas < current) ? current : replicas;
    }

    private bool IsTolerable(double ratio) => Math.Abs(1 - ratio) <= timing.Tolerance;

    private static (double Ratio, int Utilization, long Raw)? Ratio(Dictionary<string, long> metrics, Dictionary<string, long> requests, int target)
    {
        long used = 0, requested = 0, count = 0;
        foreach (var (name, value) in metrics)
        {
            if (requests.TryGetValue(name, out var request))
            {
                used += value;
                requested += request;
                count++;
            }
        }

        if (requested == 0)
        {
            return null;
        }

        var utilization = (int)(used * Percent / requested);
        return (utilization / (double)target, utilization, used / count);
    }

    private static long Average(Dictionary<string, long> metrics) => metrics.Values.Sum() / metrics.Count;

    private static int Ceiling(double value) => (int)Math.Ceiling(value);
}
