using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="Service"/>.</summary>
public sealed record ServiceStatus
{
    internal static readonly ServiceStatus Default = new();

    private readonly Items<Condition> _conditions;

    /// <summary>State of the load balancer.</summary>
    public LoadBalancerStatus? LoadBalancer { get; init; }

    /// <summary>Conditions.</summary>
    public ImmutableArray<Condition> Conditions { get => _conditions.Array; init => _conditions = new(value); }
}
