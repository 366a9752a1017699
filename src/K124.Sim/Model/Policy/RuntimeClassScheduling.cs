using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Nodes that support a <see cref="RuntimeClass"/>.</summary>
public sealed record RuntimeClassScheduling
{
    private readonly Items<Toleration> _tolerations;

    /// <summary>Labels the node must carry.</summary>
    public StringMap<string> NodeSelector { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>Tolerations added to pods.</summary>
    public ImmutableArray<Toleration> Tolerations { get => _tolerations.Array; init => _tolerations = new(value); }
}
