using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="Namespace"/>.</summary>
public sealed record NamespaceSpec
{
    internal static readonly NamespaceSpec Default = new();

    private readonly Items<string> _finalizers;

    /// <summary>Names that must be removed before the namespace can go.</summary>
    public ImmutableArray<string> Finalizers { get => _finalizers.Array; init => _finalizers = new(value); }
}
