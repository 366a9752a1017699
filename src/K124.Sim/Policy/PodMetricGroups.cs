using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Policy;

/// <summary>A pod's measured value.</summary>
/// <param name="Milli">The value in thousandths.</param>
/// <param name="Time">When it was measured.</param>
/// <param name="Window">Over which time.</param>
internal readonly record struct PodMetric(long Milli, DateTimeOffset Time, TimeSpan Window);

/// <summary>Pods by what their metrics are good for.</summary>
/// <param name="ReadyCount">How many are ready and measured.</param>
/// <param name="Unready">Names of those that are not ready, so that their values say nothing.</param>
/// <param name="Missing">Names of those without a value.</param>
/// <param name="Metrics">The values of the others.</param>
internal sealed record PodMetricGroups(
    int ReadyCount, ImmutableArray<string> Unready, ImmutableArray<string> Missing, Dictionary<string, long> Metrics)
{
    /// <summary>Sorts pods.</summary>
    /// <param name="pods">The pods.</param>
    /// <param name="metrics">Their values by name.</param>
    /// <param name="isCpu">Whether the values are of CPU, which starting pods spend otherwise.</param>
    /// <param name="timing">Times that pods are given to start.</param>
    /// <param name="now">The present.</param>
    public static PodMetricGroups Of(
        IEnumerable<Pod> pods, IReadOnlyDictionary<string, PodMetric> metrics, bool isCpu, HorizontalScalingTiming timing, DateTimeOffset now)
    {
        var ready = 0;
        var unready = ImmutableArray.CreateBuilder<string>();
        var missing = ImmutableArray.CreateBuilder<string>();
        var values = metrics.ToDictionary(static entry => entry.Key, static entry => entry.Value.Milli, StringComparer.Ordinal);
        foreach (var pod in pods)
        {
            var name = pod.Metadata.Name;
            if (pod.Metadata.DeletionTimestamp is not null || pod.Status.Phase == "Failed")
            {
                values.Remove(name);
            }
            else if (pod.Status.Phase == "Pending")
            {
                unready.Add(name);
            }
            else if (!metrics.TryGetValue(name, out var metric))
            {
                missing.Add(name);
            }
            else if (isCpu && IsUnready(pod, metric, timing, now))
            {
                unready.Add(name);
            }
            else
            {
                ready++;
            }
        }

        foreach (var name in unready)
        {
            values.Remove(name);
        }

        return new(ready, unready.ToImmutable(), missing.ToImmutable(), values);
    }

    private static bool IsUnready(Pod pod, PodMetric metric, HorizontalScalingTiming timing, DateTimeOffset now)
    {
        if (PodPredicates.ReadyCondition(pod) is not { } condition || pod.Status.StartTime is not { } start)
        {
            return true;
        }

        var since = condition.LastTransitionTime ?? DateTimeOffset.MinValue;
        return start + timing.CpuInitialization > now
            ? condition.Status == "False" || metric.Time < since + metric.Window
            : condition.Status == "False" && start + timing.InitialReadiness > since;
    }
}

/// <summary>Times and tolerance of horizontal scaling.</summary>
/// <param name="Tolerance">How far a ratio may be from 1 without being acted on.</param>
/// <param name="CpuInitialization">How long CPU values of a starting pod are doubted.</param>
/// <param name="InitialReadiness">How long a pod may take to be ready for the first time.</param>
internal sealed record HorizontalScalingTiming(double Tolerance, TimeSpan CpuInitialization, TimeSpan InitialReadiness);
