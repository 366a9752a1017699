using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>An image present on a node.</summary>
public sealed record ContainerImage
{
    private readonly Items<string> _names;

    /// <summary>Names by which the image is known.</summary>
    public ImmutableArray<string> Names { get => _names.Array; init => _names = new(value); }

    /// <summary>Size in bytes.</summary>
    public long SizeBytes { get; init; }
}
