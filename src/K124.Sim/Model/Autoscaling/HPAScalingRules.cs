using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Rules of scaling in one direction.</summary>
public sealed record HPAScalingRules
{
    private readonly Items<HPAScalingPolicy> _policies;

    /// <summary>Bounds on change; none before defaulting.</summary>
    public ImmutableArray<HPAScalingPolicy> Policies { get => _policies.Array; init => _policies = new(value); }

    /// <summary><c>Max</c>, <c>Min</c> or <c>Disabled</c>.</summary>
    public string? SelectPolicy { get; init; }

    /// <summary>Seconds of recommendations that are looked back on.</summary>
    public int? StabilizationWindowSeconds { get; init; }
}
