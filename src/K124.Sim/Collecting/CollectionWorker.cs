using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Collecting;

/// <summary>Looks at single objects: deletes those without owners, and carries out foreground deletion and orphaning.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/garbagecollector/garbagecollector.go.</remarks>
/// <param name="graph">The graph.</param>
/// <param name="client">Connection to the API server.</param>
/// <param name="queue">Queue of objects to look at.</param>
internal sealed class CollectionWorker(DependencyGraph graph, IMetadataClient client, ICollectionQueue queue)
{
    private const int Tries = 4;

    private enum Outcome
    {
        Done,

        /// <summary>It was found to be gone, or can never be judged: it is not looked at again, even if it was only spoken of.</summary>
        Dropped,

        /// <summary>It has to be tried again.</summary>
        Failed,
    }

    private enum OwnerState
    {
        Solid,
        Dangling,
        Waiting,
        Invalid,
        Unknown,
    }

    /// <summary>Looks at an object.</summary>
    /// <returns>Whether it has to be looked at again after its back-off.</returns>
    public bool Check(CollectionItem item)
    {
        var node = graph.Find(item.Uid);
        if (item.Presumed is { } presumed)
        {
            if (node is null || (!node.IsVirtual && node.Identity != presumed))
            {
                return false;
            }

            if (node.Identity != presumed)
            {
                node = new(presumed) { IsVirtual = true };
            }
        }

        // An object that has left the graph is gone from the server, too.
        if (node is null)
        {
            return false;
        }

        return Check(node) switch
        {
            Outcome.Failed => true,
            Outcome.Dropped => false,
            _ => node.IsVirtual,
        };
    }

    /// <summary>Makes the dependents of an object orphans, and lets it go.</summary>
    /// <returns>Whether it has to be tried again after its back-off.</returns>
    public bool Orphan(CollectionItem item)
    {
        if (graph.Find(item.Uid) is not { } node)
        {
            return false;
        }

        var hasFailed = false;
        foreach (var dependent in node.Dependents.ToArray())
        {
            var refusal = PatchOwners(dependent.Identity, [item.Uid]);
            hasFailed |= refusal is not null && !refusal.IsNotFound();
        }

        return hasFailed || !RemoveFinalizer(node.Identity, MetadataObject.OrphanFinalizer);
    }

    private Outcome Check(DependencyNode node)
    {
        if (node is { IsBeingDeleted: true, IsDeletingDependents: false })
        {
            return Outcome.Done;
        }

        var identity = node.Identity;
        if (client.IsNamespaced(identity.ApiVersion, identity.Kind) is not { } isNamespaced)
        {
            return Outcome.Failed;
        }

        if (isNamespaced && identity.Namespace.Length == 0)
        {
            return Outcome.Dropped;
        }

        var live = Get(identity, isNamespaced);
        if (live is null || live.Identity.Uid != identity.Uid)
        {
            graph.NoteGone(identity, wasLookedUp: true, queue);
            return Outcome.Dropped;
        }

        return node.IsDeletingDependents ? Finish(node)
            : live.Owners.IsEmpty ? Outcome.Done
            : Judge(node, live);
    }

    private Outcome Finish(DependencyNode node)
    {
        var blocking = node.BlockingDependents().ToArray();
        if (blocking.Length == 0)
        {
            return RemoveFinalizer(node.Identity, MetadataObject.ForegroundFinalizer) ? Outcome.Done : Outcome.Failed;
        }

        foreach (var dependent in blocking.Where(static dependent => !dependent.IsDeletingDependents))
        {
            queue.Check(dependent.Item);
        }

        return Outcome.Done;
    }

    private Outcome Judge(DependencyNode node, MetadataObject live)
    {
        var gone = ImmutableArray.CreateBuilder<string>();
        var waiting = ImmutableArray.CreateBuilder<string>();
        var hasSolid = false;
        foreach (var owner in live.Owners)
        {
            switch (StateOf(owner, node.Identity))
            {
                case OwnerState.Solid: hasSolid = true; break;
                case OwnerState.Dangling: gone.Add(owner.Uid); break;
                case OwnerState.Waiting: waiting.Add(owner.Uid); break;
                case OwnerState.Invalid: return Outcome.Dropped;
                default: return Outcome.Failed;
            }
        }

        if (hasSolid)
        {
            return gone.Count + waiting.Count == 0 || PatchOwners(node.Identity, [.. gone, .. waiting]) is null ? Outcome.Done : Outcome.Failed;
        }

        if (waiting.Count > 0 && node.Dependents.Count > 0)
        {
            return node.Dependents.Any(static dependent => dependent.IsDeletingDependents) && Unblock(node) is not null
                ? Outcome.Failed
                : Delete(node.Identity, "Foreground");
        }

        return Delete(
            node.Identity,
            live.Finalizers.Contains(MetadataObject.OrphanFinalizer) ? "Orphan"
            : live.Finalizers.Contains(MetadataObject.ForegroundFinalizer) ? "Foreground"
            : "Background");
    }

    private OwnerState StateOf(OwnerReference reference, ObjectIdentity dependent)
    {
        if (graph.Absent.Contains(ObjectIdentity.Of(reference, "")) || graph.Absent.Contains(ObjectIdentity.Of(reference, dependent.Namespace)))
        {
            return OwnerState.Dangling;
        }

        if (client.IsNamespaced(reference.ApiVersion, reference.Kind) is not { } isNamespaced)
        {
            return OwnerState.Unknown;
        }

        if (isNamespaced && dependent.Namespace.Length == 0)
        {
            return OwnerState.Invalid;
        }

        var identity = ObjectIdentity.Of(reference, isNamespaced ? dependent.Namespace : "");
        var owner = Get(identity, isNamespaced);
        if (owner is null || owner.Identity.Uid != reference.Uid)
        {
            graph.Absent.Add(identity);
            return OwnerState.Dangling;
        }

        return owner.Waits(MetadataObject.ForegroundFinalizer) ? OwnerState.Waiting : OwnerState.Solid;
    }

    private Outcome Delete(ObjectIdentity item, string policy)
    {
        var refusal = client.Delete(item, new() { Uid = item.Uid, PropagationPolicy = policy });
        return refusal is null ? Outcome.Done : Outcome.Failed;
    }

    private ApiStatus? PatchOwners(ObjectIdentity item, ImmutableArray<string> owners) => Patch(
        item,
        CollectionPatches.WithoutOwners(item.Uid, owners),
        live => CollectionPatches.WithoutOwners(live, owners));

    private ApiStatus? Unblock(DependencyNode node) =>
        Patch(node.Identity, CollectionPatches.Unblocked(node.Identity, node.Owners), CollectionPatches.Unblocked);

    // Custom resources know no strategic patch.
    private ApiStatus? Patch(ObjectIdentity item, string strategic, Func<MetadataObject, string> merge)
    {
        const int UnsupportedMediaType = 415;
        var refusal = client.Patch(item, PatchType.StrategicMerge, strategic);
        if (refusal?.Code != UnsupportedMediaType)
        {
            return refusal;
        }

        return Get(item, item.Namespace.Length > 0) is { } live
            ? client.Patch(item, PatchType.Merge, merge(live))
            : ApiReasons.NotFound(ApiResources.GroupResourceOf(item.ApiVersion, item.Kind), item.Name);
    }

    private bool RemoveFinalizer(ObjectIdentity item, string finalizer)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (Get(item, item.Namespace.Length > 0) is not { } live || !live.Finalizers.Contains(finalizer))
            {
                return true;
            }

            var refusal = client.Patch(item, PatchType.Merge, CollectionPatches.Finalizers(live, finalizer));
            if (!refusal.IsConflict())
            {
                return refusal is null;
            }
        }

        return false;
    }

    private MetadataObject? Get(ObjectIdentity item, bool isNamespaced) =>
        client.Get(item.ApiVersion, item.Kind, isNamespaced ? item.Namespace : "", item.Name);
}
