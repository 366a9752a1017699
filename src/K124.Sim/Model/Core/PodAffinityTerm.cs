using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>A set of pods and the topology in which they are looked for.</summary>
public sealed record PodAffinityTerm
{
    internal static readonly PodAffinityTerm Default = new();

    private readonly Items<string> _namespaces;

    /// <summary>Pods that are meant; null matches none.</summary>
    public LabelSelector? LabelSelector { get; init; }

    /// <summary>Namespaces to look in.</summary>
    public ImmutableArray<string> Namespaces { get => _namespaces.Array; init => _namespaces = new(value); }

    /// <summary>Selects further namespaces; empty selects all, null none.</summary>
    public LabelSelector? NamespaceSelector { get; init; }

    /// <summary>Node label whose equal values form one domain.</summary>
    public string TopologyKey { get; init => field = value ?? ""; } = "";
}
