using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Policy;

/// <summary>What one metric of an autoscaler asks for.</summary>
/// <param name="Replicas">The number.</param>
/// <param name="Metric">How messages name the metric.</param>
/// <param name="Status">The reading for the autoscaler's status.</param>
/// <param name="Error">Why there is no answer; null if there is one.</param>
/// <param name="Reason">Reason of the condition and the event of an error.</param>
internal readonly record struct MetricProposal(int Replicas, string Metric, MetricStatus? Status, string? Error = null, string Reason = "");

/// <summary>Reads the metrics of an autoscaler and has them proposed as sizes.</summary>
/// <param name="usage">Where the values come from.</param>
/// <param name="cluster">The cluster as the controller sees it.</param>
/// <param name="space">Namespace of the autoscaler.</param>
/// <param name="pods">Pods of the target.</param>
/// <param name="target">The target.</param>
/// <param name="timing">Times and tolerance.</param>
/// <param name="now">The present.</param>
internal sealed class MetricReadings(
    IUsageModel usage, IObjectReader cluster, string space, ImmutableArray<Pod> pods, ScaleTarget target, HorizontalScalingTiming timing, DateTimeOffset now)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly HorizontalScaling _scaling = new(timing, now);

    public MetricProposal Propose(MetricSpec metric) => metric switch
    {
        { Type: "Resource", Resource: { } source } => OfResource(source),
        { Type: "Pods", Pods: { Metric: { } identifier } source } => OfPods(source, identifier),
        { Type: "Object", Object: { Metric: { } identifier } source } => OfObject(source, identifier),
        { Type: "External", External: { Metric: { } identifier } source } => OfExternal(source, identifier),
        _ => new(0, "", null, $"unknown metric source type \"{metric.Type}\"", "InvalidMetricSourceType"),
    };

    private MetricProposal OfResource(ResourceMetricSource source)
    {
        const string Reason = "FailedGetResourceMetric";
        var name = source.Name;
        var values = PodValues(UsageSource.Resource, name, null);
        if (values.Count == 0)
        {
            return Fail(name, source.Target?.AverageValue is null ? "utilization" : "resource metric value", $"unable to get metrics for resource {name}: no metrics returned from resource metrics API", Reason);
        }

        if (source.Target?.AverageValue is { } wanted)
        {
            var byValue = _scaling.ByPodValue(pods, values, name == "cpu", target.Replicas, wanted.MilliValue());
            return byValue.Error is { } refusal
                ? Fail(name, "resource metric value", refusal, Reason)
                : new(byValue.Replicas, $"{name} resource", Status(name, new() { AverageValue = Quantity.FromMilli(byValue.Utilization) }));
        }

        if (source.Target?.AverageUtilization is not { } percent)
        {
            return new(0, "", null, "invalid resource metric source: neither a utilization target nor a value target was set", Reason);
        }

        var byUse = _scaling.ByUtilization(pods, values, name, target.Replicas, percent);
        return byUse.Error is { } error
            ? Fail(name, "utilization", error, Reason)
            : new(
                byUse.Replicas,
                $"{name} resource utilization (percentage of request)",
                Status(name, new() { AverageUtilization = (int)byUse.Utilization, AverageValue = Quantity.FromMilli(byUse.RawUtilization) }));
    }

    private MetricProposal OfPods(PodsMetricSource source, MetricIdentifier metric)
    {
        const string Reason = "FailedGetPodsMetric";
        var values = PodValues(UsageSource.Pod, metric.Name, metric.Selector);
        var proposal = values.Count == 0
            ? new(0, 0, 0, $"unable to get metric {metric.Name}: no metrics returned from custom metrics API")
            : _scaling.ByPodValue(pods, values, isCpu: false, target.Replicas, source.Target?.AverageValue?.MilliValue() ?? 1);
        return proposal.Error is { } error
            ? new(0, "", null, $"failed to get pods metric value: {error}", Reason)
            : new(
                proposal.Replicas,
                $"pods metric {metric.Name}",
                new() { Type = "Pods", Pods = new() { Metric = metric, Current = new() { AverageValue = Quantity.FromMilli(proposal.Utilization) } } });
    }

    private MetricProposal OfObject(ObjectMetricSource source, MetricIdentifier metric)
    {
        const string Reason = "FailedGetObjectMetric";
        var query = Query(UsageSource.Object, metric.Name, metric.Selector) with { Object = source.DescribedObject };
        var proposal = OneValue(query, source.Target, $"unable to get metric {metric.Name}: {source.DescribedObject?.Kind} on {space} {source.DescribedObject?.Name}/no metrics returned from custom metrics API");
        return proposal.Error is { } error
            ? new(0, "", null, $"failed to get object metric value: {error}", Reason)
            : new(
                proposal.Replicas,
                $"{source.DescribedObject?.Kind} metric {metric.Name}",
                new() { Type = "Object", Object = new() { DescribedObject = source.DescribedObject, Metric = metric, Current = Current(source.Target, proposal.Utilization) } });
    }

    private MetricProposal OfExternal(ExternalMetricSource source, MetricIdentifier metric)
    {
        const string Reason = "FailedGetExternalMetric";
        var proposal = OneValue(
            Query(UsageSource.External, metric.Name, metric.Selector), source.Target, $"unable to get external metric {space}/{metric.Name}: no metrics returned from external metrics API");
        return proposal.Error is { } error
            ? new(0, "", null, $"failed to get external metric {metric.Name}: {error}", Reason)
            : new(
                proposal.Replicas,
                $"external metric {metric.Name}",
                new() { Type = "External", External = new() { Metric = metric, Current = Current(source.Target, proposal.Utilization) } });
    }

    private HorizontalScaling.Proposal OneValue(UsageQuery query, MetricTarget? wanted, string absence)
    {
        if (usage.MilliOf(query, cluster) is not { } value)
        {
            return new(0, 0, 0, absence);
        }

        return wanted?.AverageValue is { } average
            ? _scaling.ByAverage(value, target.StatusReplicas, average.MilliValue())
            : _scaling.ByValue(pods, value, target.Replicas, wanted?.Value?.MilliValue() ?? 1);
    }

    private Dictionary<string, PodMetric> PodValues(UsageSource source, string metric, LabelSelector? selector)
    {
        var values = new Dictionary<string, PodMetric>(StringComparer.Ordinal);
        var query = Query(source, metric, selector);
        foreach (var pod in pods)
        {
            if (pod.Status.Phase == "Running" && usage.MilliOf(query with { Pod = pod }, cluster) is { } value)
            {
                values[pod.Metadata.Name] = new(value, now, Window);
            }
        }

        return values;
    }

    private UsageQuery Query(UsageSource source, string metric, LabelSelector? selector) =>
        new() { Source = source, Metric = metric, Time = now, Namespace = space, Selector = selector };

    private static MetricProposal Fail(string name, string what, string error, string reason) => new(0, "", null, $"failed to get {name} {what}: {error}", reason);

    private static MetricStatus Status(string name, MetricValueStatus current) => new() { Type = "Resource", Resource = new() { Name = name, Current = current } };

    private static MetricValueStatus Current(MetricTarget? wanted, long milli) =>
        wanted?.AverageValue is null ? new() { Value = Quantity.FromMilli(milli) } : new() { AverageValue = Quantity.FromMilli(milli) };
}
