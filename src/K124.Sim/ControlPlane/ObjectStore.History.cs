namespace K124.Sim.ControlPlane;

/// <summary>The past of a store: changes since a cursor, states at a revision, and when they are forgotten.</summary>
internal sealed partial class ObjectStore
{
    /// <summary>The changes of all resources since a cursor, in the order they were made. Nothing is to be written while they are read.</summary>
    /// <exception cref="InvalidOperationException">The cursor has fallen off the log.</exception>
    public IEnumerable<StoreChange> ChangesSince(StoreCursor cursor)
    {
        for (; TryReadNext(ref cursor, out var change);)
        {
            yield return change;
        }
    }

    /// <summary>Reads the change at a cursor and moves it behind it.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidOperationException">The cursor has fallen off the log.</exception>
    public bool TryReadNext(ref StoreCursor cursor, out StoreChange change)
    {
        if (cursor.Position >= _changes.End)
        {
            change = default;
            return false;
        }

        if (!IsKnown(cursor))
        {
            throw new InvalidOperationException("The cursor has fallen off the log of changes.");
        }

        var reference = _changes[cursor.Position];
        change = _tables[reference.Table].ChangeAt(reference.Position);
        cursor = new(cursor.Position + 1);
        return true;
    }

    /// <summary>Whether the changes since a cursor are all still known.</summary>
    public bool IsKnown(StoreCursor cursor)
    {
        if (cursor.Position >= _changes.End)
        {
            return true;
        }

        if (cursor.Position < _changes.First)
        {
            return false;
        }

        var reference = _changes[cursor.Position];
        return _tables[reference.Table].HasChange(reference.Position);
    }

    /// <summary>Whether the state of a resource at a revision can still be told.</summary>
    public bool HasHistory(StoreResource resource, long revision) =>
        revision == Revision || revision >= Math.Max(CompactedRevision, Table(resource).HistoryStart);

    /// <summary>A resource as it was at a revision.</summary>
    public TableHistory At(StoreResource resource, long revision) => new(Table(resource), revision);

    /// <summary>Forgets the states before now; what watches can start from stays.</summary>
    public void Compact() => CompactTo(Revision);

    /// <summary>What a restart of the API server does: watches can start from now on only.</summary>
    public void RestartWatches()
    {
        foreach (var resource in _resources.Values)
        {
            OwnTable(resource).Restart(Revision);
        }
    }

    private void CompactTo(long revision)
    {
        if (revision <= CompactedRevision)
        {
            return;
        }

        CompactedRevision = revision;
        foreach (var resource in _resources.Values)
        {
            if (Table(resource).CanDrop(revision))
            {
                OwnTable(resource).Compact(revision);
            }
        }
    }

    /// <summary>Every five minutes the API server has etcd forget what is older than its previous mark.</summary>
    private void CompactOnTime()
    {
        var now = UtcNow.UtcTicks;
        if (now < _nextCompactionTicks)
        {
            return;
        }

        CompactTo(now - _nextCompactionTicks < CompactionTicks ? _compactionMark : Revision);
        _compactionMark = Revision;
        _nextCompactionTicks = now + CompactionTicks;
    }
}

/// <summary>A place between two changes of a store.</summary>
/// <param name="Position">Number of the next change.</param>
internal readonly record struct StoreCursor(long Position);
