namespace K124.Sim.Patching.Apply;

/// <summary>Keeps the number of plain writers small: the oldest become one owner a version.</summary>
internal static class ManagerLimit
{
    /// <summary>The most plain writers that are told apart.</summary>
    public const int MaxUpdateManagers = 10;

    private const string Bucket = "ancient-changes";

    /// <summary>Merges the oldest writers while there are too many.</summary>
    public static void Enforce(ManagedFields managed)
    {
        if (managed.Count <= MaxUpdateManagers)
        {
            return;
        }

        var writers = managed.Entries.Where(static e => !e.Key.IsApply).ToList();
        if (writers.Count <= MaxUpdateManagers)
        {
            return;
        }

        writers.Sort(static (a, b) => string.CompareOrdinal(a.Value.Time, b.Value.Time) is var order && order != 0
            ? order
            : string.CompareOrdinal(a.Key.SortKey(), b.Key.SortKey()));
        Merge(managed, writers);
    }

    private static void Merge(ManagedFields managed, List<KeyValuePair<ManagerId, ManagedEntry>> writers)
    {
        var firsts = new Dictionary<string, ManagerId>(StringComparer.Ordinal);
        var count = writers.Count;
        foreach (var (id, entry) in writers)
        {
            if (count <= MaxUpdateManagers)
            {
                return;
            }

            if (firsts.TryAdd(entry.ApiVersion, id))
            {
                continue;
            }

            var bucket = ManagerId.Of(Bucket, isApply: false, entry.ApiVersion, "");
            if (!managed.TryGet(bucket, out var merged))
            {
                merged = managed[firsts[entry.ApiVersion]];
                managed.Remove(firsts[entry.ApiVersion]);
            }

            managed.Remove(id);
            managed[bucket] = new(entry.Fields.Union(merged.Fields), entry.ApiVersion, entry.Time);
            count--;
        }
    }
}
