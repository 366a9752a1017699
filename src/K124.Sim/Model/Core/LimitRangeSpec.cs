using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>The rules of a <see cref="LimitRange"/>.</summary>
public sealed record LimitRangeSpec
{
    internal static readonly LimitRangeSpec Default = new();

    private readonly Items<LimitRangeItem> _limits;

    /// <summary>The rules.</summary>
    public ImmutableArray<LimitRangeItem> Limits { get => _limits.Array; init => _limits = new(value); }
}
