using K124.Sim.Api;
using K124.Sim.Collections;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Run;

/// <summary>Finds objects by controller and pods by node, in proportion to what is found. Kept up with the store change by change.</summary>
internal sealed class ObjectIndexes
{
    private readonly Ownership _ownership = new();
    private readonly ForkableSortedSet<IndexEntry>[] _sets;

    public ObjectIndexes() => _sets = [.. ApiKind.All.Select(_ => new ForkableSortedSet<IndexEntry>(_ownership, IndexEntry.Order))];

    private ObjectIndexes(ObjectIndexes other) => _sets = [.. other._sets.Select(set => set.Fork(_ownership))];

    public ObjectIndexes Fork()
    {
        _ownership.Renounce();
        return new(this);
    }

    /// <summary>Keys under a value, by namespace and name. Nothing is to be changed meanwhile.</summary>
    public IEnumerable<ObjectKey> Find(ApiKind kind, ObjectIndex index, string value)
    {
        foreach (var entry in _sets[ApiKind.IndexOf(kind.Type)].From(new(index, value, default)))
        {
            if (entry.Index != index || !string.Equals(entry.Value, value, StringComparison.Ordinal))
            {
                yield break;
            }

            yield return entry.Key;
        }
    }

    /// <summary>Follows a change; either side is null where there is no object.</summary>
    public void Follow(ApiKind kind, IApiObject? old, IApiObject? item)
    {
        var set = _sets[ApiKind.IndexOf(kind.Type)];
        Follow(set, OwnerEntry(old), OwnerEntry(item));
        if (kind.Type == typeof(Pod))
        {
            Follow(set, NodeEntry(old), NodeEntry(item));
        }
    }

    private static void Follow(ForkableSortedSet<IndexEntry> set, IndexEntry? old, IndexEntry? item)
    {
        if (old == item)
        {
            return;
        }

        if (old is { } gone)
        {
            set.Remove(gone);
        }

        if (item is { } added)
        {
            set.Add(added);
        }
    }

    private static IndexEntry? OwnerEntry(IApiObject? item)
    {
        if (item is null)
        {
            return null;
        }

        foreach (var owner in item.Metadata.OwnerReferences)
        {
            if (owner.Controller == true)
            {
                return new(ObjectIndex.Controller, owner.Uid, ObjectKey.Of(item));
            }
        }

        return new(ObjectIndex.Orphan, item.Metadata.Namespace, ObjectKey.Of(item));
    }

    private static IndexEntry? NodeEntry(IApiObject? item) => item is Pod pod ? new(ObjectIndex.Node, pod.Spec.NodeName, ObjectKey.Of(pod)) : null;
}
