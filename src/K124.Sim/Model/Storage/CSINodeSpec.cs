using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Drivers of a <see cref="CSINode"/>.</summary>
public sealed record CSINodeSpec
{
    internal static readonly CSINodeSpec Default = new();

    private readonly Items<CSINodeDriver> _drivers;

    /// <summary>The drivers.</summary>
    public ImmutableArray<CSINodeDriver> Drivers { get => _drivers.Array; init => _drivers = new(value); }
}
