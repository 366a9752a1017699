using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Collecting;

/// <summary>Who owns whom, as the watches have told it.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/garbagecollector/graph_builder.go.</remarks>
internal sealed class DependencyGraph
{
    private readonly SortedDictionary<string, DependencyNode> _nodes = new(StringComparer.Ordinal);

    /// <summary>Owners that were found not to exist.</summary>
    public AbsentOwners Absent { get; private init; } = new();

    /// <summary>Dependents whose owner is in another namespace, and what is to be said of it; taken out by who reports them.</summary>
    public Queue<(ObjectIdentity Dependent, string Message)> Reports { get; private init; } = new();

    public IReadOnlyCollection<DependencyNode> Nodes => _nodes.Values;

    public DependencyNode? Find(string uid) => _nodes.GetValueOrDefault(uid);

    /// <summary>Takes note of an object that is new or has changed.</summary>
    public void Note(MetadataObject item, MetadataObject? old, ICollectionQueue queue)
    {
        var node = Find(item.Identity.Uid);
        if (node is null)
        {
            node = new(item.Identity)
            {
                Owners = item.Owners,
                IsBeingDeleted = item.IsBeingDeleted,
                IsDeletingDependents = item.Waits(MetadataObject.ForegroundFinalizer),
            };
            _nodes.Add(item.Identity.Uid, node);
            AddToOwners(node, node.Owners, queue);
        }
        else
        {
            if (node.IsVirtual)
            {
                Observe(node, item.Identity, queue);
            }

            ChangeOwners(node, item.Owners, queue);
            node.IsBeingDeleted |= item.IsBeingDeleted;
        }

        StartDeletion(node, item, old, queue);
    }

    /// <summary>Takes note of an object that is gone, by what a watch told or, if it was only looked up, by what it was thought to be.</summary>
    public void NoteGone(ObjectIdentity identity, bool wasLookedUp, ICollectionQueue queue)
    {
        if (Find(identity.Uid) is not { } node)
        {
            return;
        }

        if (!wasLookedUp)
        {
            if (node.IsVirtual)
            {
                Observe(node, identity, queue);
            }

            Remove(node, identity, queue);
        }
        else if (node.IsVirtual)
        {
            NotePresumedGone(node, identity, queue);
        }
        else if (node.Identity == identity)
        {
            Remove(node, identity, queue);
        }
        else
        {
            Check(MarkAbsent(identity, Split(node, identity).Matching), queue);
        }
    }

    public DependencyGraph Fork()
    {
        var copy = new DependencyGraph { Absent = Absent.Fork(), Reports = new(Reports) };
        foreach (var (uid, node) in _nodes)
        {
            copy._nodes.Add(uid, node.CopyAlone());
        }

        foreach (var (uid, node) in _nodes)
        {
            foreach (var dependent in node.Dependents)
            {
                if (copy.Find(dependent.Identity.Uid) is { } copied)
                {
                    copy._nodes[uid].AddDependent(copied);
                }
            }
        }

        return copy;
    }

    private static void Check(IEnumerable<DependencyNode> nodes, ICollectionQueue queue)
    {
        foreach (var node in nodes)
        {
            queue.Check(node.Item);
        }
    }

    /// <summary>An object that was only spoken of turns up; those who spoke of another one are looked at.</summary>
    private void Observe(DependencyNode node, ObjectIdentity identity, ICollectionQueue queue)
    {
        if (node.Identity != identity)
        {
            foreach (var dependent in Split(node, identity).Other)
            {
                if (identity.Namespace.Length > 0 && dependent.Identity.Namespace != identity.Namespace)
                {
                    Report(dependent, identity.Uid);
                }

                queue.Check(dependent.Item);
            }

            node.Identity = identity;
        }

        node.IsVirtual = false;
    }

    private void ChangeOwners(DependencyNode node, ImmutableArray<OwnerReference> owners, ICollectionQueue queue)
    {
        if (node.Owners.AsSpan().SequenceEqual(owners.AsSpan()))
        {
            return;
        }

        var removed = node.Owners.Where(old => owners.All(owner => owner.Uid != old.Uid)).ToArray();
        var added = owners.Where(owner => node.Owners.All(old => old.Uid != owner.Uid)).ToArray();
        foreach (var owner in removed.Where(static owner => owner.BlockOwnerDeletion == true))
        {
            CheckIfKnown(owner.Uid, queue);
        }

        foreach (var owner in owners.Where(static owner => owner.BlockOwnerDeletion != true))
        {
            if (node.Owners.Any(old => old.Uid == owner.Uid && old.BlockOwnerDeletion == true))
            {
                CheckIfKnown(owner.Uid, queue);
            }
        }

        node.Owners = owners;
        AddToOwners(node, added, queue);
        foreach (var owner in removed)
        {
            Find(owner.Uid)?.RemoveDependent(node);
        }
    }

    private void CheckIfKnown(string uid, ICollectionQueue queue)
    {
        if (Find(uid) is { } node)
        {
            queue.Check(node.Item);
        }
    }

    private void AddToOwners(DependencyNode node, IEnumerable<OwnerReference> owners, ICollectionQueue queue)
    {
        var isDoubtful = false;
        foreach (var owner in owners)
        {
            if (Find(owner.Uid) is not { } ownerNode)
            {
                ownerNode = new(ObjectIdentity.Of(owner, node.Identity.Namespace)) { IsVirtual = true };
                _nodes.Add(owner.Uid, ownerNode);
                ownerNode.AddDependent(node);
                queue.Check(ownerNode.Item);
                continue;
            }

            ownerNode.AddDependent(node);
            if (isDoubtful)
            {
                continue;
            }

            var space = ownerNode.Identity.Namespace;
            if (space.Length > 0 && space != node.Identity.Namespace)
            {
                if (!ownerNode.IsVirtual)
                {
                    Report(node, owner.Uid);
                }

                isDoubtful = true;
            }
            else
            {
                isDoubtful = !ownerNode.Identity.IsMeantBy(owner);
            }
        }

        if (isDoubtful)
        {
            queue.Check(node.Item);
        }
    }

    private static void StartDeletion(DependencyNode node, MetadataObject item, MetadataObject? old, ICollectionQueue queue)
    {
        if (item.Starts(MetadataObject.OrphanFinalizer, old))
        {
            queue.Orphan(node.Item);
        }
        else if (item.Starts(MetadataObject.ForegroundFinalizer, old))
        {
            node.IsDeletingDependents = true;
            Check(node.Dependents, queue);
            queue.Check(node.Item);
        }
    }

    /// <summary>An object that was only spoken of is not there; it may still be one that others speak of.</summary>
    private void NotePresumedGone(DependencyNode node, ObjectIdentity identity, ICollectionQueue queue)
    {
        var (matching, other) = Split(node, identity);
        if (other.IsEmpty)
        {
            Remove(node, identity, queue);
            return;
        }

        Check(MarkAbsent(identity, matching), queue);
        if (node.Identity == identity && Alternative(other, identity) is { } alternative)
        {
            node.Identity = alternative;
            queue.CheckLater(node.Item);
        }
    }

    private ImmutableArray<DependencyNode> MarkAbsent(ObjectIdentity identity, ImmutableArray<DependencyNode> dependents)
    {
        if (!dependents.IsEmpty)
        {
            Absent.Add(identity);
        }

        return dependents;
    }

    private void Remove(DependencyNode node, ObjectIdentity identity, ICollectionQueue queue)
    {
        _nodes.Remove(node.Identity.Uid);
        foreach (var owner in node.Owners)
        {
            Find(owner.Uid)?.RemoveDependent(node);
        }

        if (node.Dependents.Count > 0)
        {
            Absent.Add(identity);
        }

        Check(node.Dependents, queue);
        Check(node.Owners.Select(owner => Find(owner.Uid)).OfType<DependencyNode>().Where(static owner => owner.IsDeletingDependents), queue);
    }

    /// <summary>Tells dependents that mean an object from those that mean another one of its uid; one may do both.</summary>
    private static (ImmutableArray<DependencyNode> Matching, ImmutableArray<DependencyNode> Other) Split(DependencyNode node, ObjectIdentity identity)
    {
        var matching = ImmutableArray.CreateBuilder<DependencyNode>();
        var other = ImmutableArray.CreateBuilder<DependencyNode>();
        foreach (var dependent in node.Dependents)
        {
            var references = dependent.Owners.Where(owner => owner.Uid == identity.Uid).ToArray();
            var isElsewhere = identity.Namespace.Length > 0 && identity.Namespace != dependent.Identity.Namespace;
            if (!isElsewhere && references.Any(identity.IsMeantBy))
            {
                matching.Add(dependent);
            }

            if (isElsewhere || references.Any(owner => !identity.IsMeantBy(owner)))
            {
                other.Add(dependent);
            }
        }

        return (matching.ToImmutable(), other.ToImmutable());
    }

    /// <summary>Who else dependents may mean: the next in order after the one that is absent, else the first.</summary>
    private static ObjectIdentity? Alternative(ImmutableArray<DependencyNode> dependents, ObjectIdentity absent)
    {
        var isClusterScoped = absent.Namespace.Length == 0;
        var alternatives = new SortedSet<ObjectIdentity>();
        foreach (var dependent in dependents)
        {
            foreach (var owner in dependent.Owners.Where(owner => owner.Uid == absent.Uid))
            {
                var isSame = absent.IsMeantBy(owner);
                if (!isSame || (!isClusterScoped && absent.Namespace != dependent.Identity.Namespace))
                {
                    alternatives.Add(ObjectIdentity.Of(owner, isSame && isClusterScoped ? "" : dependent.Identity.Namespace));
                }
            }
        }

        alternatives.Remove(absent);
        return alternatives.FirstOrDefault(alternative => absent.CompareTo(alternative) < 0) ?? alternatives.FirstOrDefault();
    }

    private void Report(DependencyNode dependent, string ownerUid)
    {
        var owner = dependent.Owners.FirstOrDefault(owner => owner.Uid == ownerUid);
        if (owner is not null)
        {
            var space = dependent.Identity.Namespace;
            Reports.Enqueue((dependent.Identity, $"ownerRef {ObjectIdentity.Of(owner, space)} does not exist in namespace \"{space}\""));
        }
    }
}
