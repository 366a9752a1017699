using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Policy;

/// <summary>What a simulated cluster's pods use and what is measured of other things: the metrics that horizontal autoscalers read.</summary>
/// <remarks>A function of the query and the cluster; forks of a control plane share it, so it keeps no state.</remarks>
public interface IUsageModel
{
    /// <summary>A measured value in thousandths: millicores of CPU, thousandths of bytes, of requests a second.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="cluster">The cluster as it is.</param>
    /// <returns>The value; null if there is none.</returns>
    long? MilliOf(UsageQuery query, IObjectReader cluster);
}

/// <summary>A question for one value.</summary>
public sealed record UsageQuery
{
    /// <summary>What the value is measured of.</summary>
    public required UsageSource Source { get; init; }

    /// <summary>Name of the resource or metric, for example <c>cpu</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The present.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Namespace of the autoscaler.</summary>
    public required string Namespace { get; init; }

    /// <summary>The pod; null unless the value is one of a pod.</summary>
    public Pod? Pod { get; init; }

    /// <summary>The object that is described; null unless the source is <see cref="UsageSource.Object"/>.</summary>
    public CrossVersionObjectReference? Object { get; init; }

    /// <summary>Selector of the metric; null for none.</summary>
    public LabelSelector? Selector { get; init; }
}

/// <summary>What a value is measured of.</summary>
public enum UsageSource
{
    /// <summary>A resource that a pod uses.</summary>
    Resource,

    /// <summary>A metric of a pod.</summary>
    Pod,

    /// <summary>A metric of an object.</summary>
    Object,

    /// <summary>A metric from outside the cluster.</summary>
    External,
}
