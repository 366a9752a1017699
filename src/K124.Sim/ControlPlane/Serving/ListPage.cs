using K124.Sim.Kinds;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>The objects of a list, or of one page of it.</summary>
/// <param name="Items">The objects.</param>
/// <param name="Revision">Version of the list.</param>
/// <param name="Next">Where it goes on; null if it ends.</param>
/// <param name="Remaining">How many objects are left; null if that is not told.</param>
internal readonly record struct ListPage(IReadOnlyList<StoredObject> Items, long Revision, ContinueToken? Next, long? Remaining)
{
    public static ListPage Read(ServedResource resource, ObjectStore store, ListRequest list, string namespaceName, long revision)
    {
        var ns = namespaceName.Length > 0 ? namespaceName : null;
        var from = list.Continuation?.Key(namespaceName) ?? new ObjectKey(namespaceName, "");
        var all = revision == store.Revision ? Present(store, resource.Stored, ns, from) : store.At(resource.Stored, revision).List(ns, from);
        var limit = list.IsPaged ? list.Limit : 0;
        var items = new List<StoredObject>();
        var remaining = 0L;
        foreach (var item in all)
        {
            if (limit > 0 && items.Count == limit)
            {
                remaining++;
                if (list.IsSelective)
                {
                    // Whether more follows counts every object that is stored, selected or not.
                    break;
                }

                continue;
            }

            if (Selects(resource, list, item))
            {
                items.Add(item);
            }
        }

        return remaining == 0
            ? new(items, revision, null, null)
            : new(items, revision, ContinueToken.After(revision, items[^1].Key, ns is not null), list.IsSelective ? null : remaining);
    }

    /// <summary>Whether a list or a watch selects an object.</summary>
    public static bool Selects(ServedResource resource, ListRequest list, StoredObject item)
    {
        if (!list.IsSelective)
        {
            return true;
        }

        if (list.Fields.Name is { } name && item.Key.Name != name)
        {
            return false;
        }

        var tree = item.Tree;
        return list.Labels.Matches(tree.Object("metadata").Object("labels"))
            && (list.Fields.IsEmpty || list.Fields.Matches(tree, resource.Fields.Value));
    }

    private static IEnumerable<StoredObject> Present(ObjectStore store, StoreResource stored, string? ns, ObjectKey from)
    {
        var table = store.Table(stored);
        foreach (var key in table.Keys(ns, from))
        {
            yield return table.Find(key)!;
        }
    }
}
