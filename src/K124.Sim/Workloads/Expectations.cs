using K124.Sim.Model;

namespace K124.Sim.Workloads;

/// <summary>What a controller has asked for and not yet seen, by the parent's key.</summary>
internal sealed class Expectations
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Dictionary<ObjectKey, Record> _records = [];

    /// <summary>Whether all that was asked for has been seen, or was asked for too long ago.</summary>
    public bool AreSatisfied(ObjectKey key, DateTimeOffset now) =>
        !_records.TryGetValue(key, out var record)
        || (record.Creations <= 0 && record.Deletions <= 0)
        || now - record.Since > Lifetime;

    public (int Creations, int Deletions, IReadOnlyCollection<string> DeletedPods)? Find(ObjectKey key) =>
        _records.TryGetValue(key, out var record) ? (record.Creations, record.Deletions, record.DeletedPods ?? []) : null;

    public void Expect(ObjectKey key, int creations, int deletions, DateTimeOffset now) =>
        _records[key] = new() { Creations = creations, Deletions = deletions, Since = now };

    public void ExpectDeletions(ObjectKey key, IEnumerable<string> pods, DateTimeOffset now)
    {
        var names = new HashSet<string>(pods, StringComparer.Ordinal);
        _records[key] = new() { Deletions = names.Count, DeletedPods = names, Since = now };
    }

    public void CreationSeen(ObjectKey key, int count = 1)
    {
        if (_records.TryGetValue(key, out var record))
        {
            record.Creations -= count;
        }
    }

    public void DeletionSeen(ObjectKey key, int count = 1)
    {
        if (_records.TryGetValue(key, out var record))
        {
            record.Deletions -= count;
        }
    }

    /// <summary>Takes note of a deletion if that very pod's is awaited.</summary>
    public void DeletionSeen(ObjectKey key, string pod)
    {
        if (_records.TryGetValue(key, out var record) && record.DeletedPods?.Remove(pod) == true)
        {
            record.Deletions--;
        }
    }

    public void Forget(ObjectKey key) => _records.Remove(key);

    public Expectations Fork()
    {
        var copy = new Expectations();
        foreach (var (key, record) in _records)
        {
            copy._records.Add(key, record.Copy());
        }

        return copy;
    }

    private sealed class Record
    {
        public int Creations { get; set; }

        public int Deletions { get; set; }

        public HashSet<string>? DeletedPods { get; init; }

        public DateTimeOffset Since { get; init; }

        public Record Copy() => new()
        {
            Creations = Creations,
            Deletions = Deletions,
            DeletedPods = DeletedPods is null ? null : new(DeletedPods, StringComparer.Ordinal),
            Since = Since,
        };
    }
}
