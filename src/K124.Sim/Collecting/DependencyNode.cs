using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Collecting;

/// <summary>An object in the graph of owners and dependents.</summary>
/// <param name="identity">Which it is.</param>
internal sealed class DependencyNode(ObjectIdentity identity)
{
    private readonly SortedDictionary<(string Name, string Namespace, string Uid), DependencyNode> _dependents = [];

    public ObjectIdentity Identity { get; set; } = identity;

    public ImmutableArray<OwnerReference> Owners { get; set; } = [];

    /// <summary>Whether it was only spoken of, not seen.</summary>
    public bool IsVirtual { get; set; }

    public bool IsBeingDeleted { get; set; }

    /// <summary>Whether it is deleted in the foreground, after its dependents.</summary>
    public bool IsDeletingDependents { get; set; }

    /// <summary>Objects that name it as owner, by name.</summary>
    public IReadOnlyCollection<DependencyNode> Dependents => _dependents.Values;

    public CollectionItem Item => new(Identity.Uid, IsVirtual ? Identity : null);

    public void AddDependent(DependencyNode node) => _dependents[KeyOf(node)] = node;

    public void RemoveDependent(DependencyNode node) => _dependents.Remove(KeyOf(node));

    /// <summary>Dependents that keep it from going before them.</summary>
    public IEnumerable<DependencyNode> BlockingDependents() => Dependents.Where(
        dependent => dependent.Owners.Any(owner => owner.Uid == Identity.Uid && owner.BlockOwnerDeletion == true));

    public DependencyNode CopyAlone() => new(Identity)
    {
        Owners = Owners,
        IsVirtual = IsVirtual,
        IsBeingDeleted = IsBeingDeleted,
        IsDeletingDependents = IsDeletingDependents,
    };

    private static (string Name, string Namespace, string Uid) KeyOf(DependencyNode node) =>
        (node.Identity.Name, node.Identity.Namespace, node.Identity.Uid);
}
