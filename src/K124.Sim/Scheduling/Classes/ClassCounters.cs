using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Classes;

/// <summary>All counters by domain that one class of pods looks at, kept in step with the pods on nodes, and which nodes that has touched.</summary>
internal sealed class ClassCounters(ChangeLog log, Population population)
{
    private readonly List<DomainCounter> _all = [];
    private readonly List<MatchCounter> _watched = [];
    private readonly List<int> _touched = [];
    private readonly List<int> _neighbours = [];
    private long _read = log.Head;
    private bool _hasTouchedAll = true;

    /// <summary>Whether these are kept in step with a log.</summary>
    public bool Follows(ChangeLog changes) => ReferenceEquals(log, changes);

    /// <summary>The same for a fork, whose changes go on from where this one's were; null if that cannot be told, or there are counters.</summary>
    public ClassCounters? Fork(ChangeLog otherLog, Population otherPopulation)
    {
        if (_all.Count + _watched.Count > 0 || _hasTouchedAll || !otherLog.Covers(_read))
        {
            return null;
        }

        var fork = new ClassCounters(otherLog, otherPopulation) { _read = _read, _hasTouchedAll = false };
        fork._touched.AddRange(_touched);
        return fork;
    }

    /// <summary>A counter that is kept in step from here on.</summary>
    public DomainCounter Add(DomainCounter counter)
    {
        _all.Add(counter);
        Rebuild(counter);
        return counter;
    }

    /// <summary>Takes notice that nodes are told apart by how many of some pods are on each.</summary>
    public void Watch(MatchCounter pods) => _watched.Add(pods);

    /// <summary>Counts anew for a counter that counts other pods now.</summary>
    public void Rebuild(DomainCounter counter)
    {
        CatchUp();
        counter.Rebuild(population);
        _hasTouchedAll = true;
    }

    /// <summary>Notes that something else has changed for a row.</summary>
    public void Touch(int row)
    {
        if (!_hasTouchedAll)
        {
            _touched.Add(TouchedRow.Of(row, regroups: false));
        }
    }

    /// <summary>Notes that something else has changed for all rows.</summary>
    public void TouchAll() => _hasTouchedAll = true;

    /// <summary>Reads the changes since the last time.</summary>
    public void CatchUp()
    {
        if (!log.Covers(_read) || log.IsFarBehind(_read))
        {
            _hasTouchedAll = true;
            RebuildAll();
        }

        for (; _read < log.Head; _read++)
        {
            Follow(in log[_read]);
        }
    }

    /// <summary>Lists the nodes whose objects have changed since the last time, some perhaps twice.</summary>
    /// <returns>False if that is not known any longer.</returns>
    public bool TryListChangedNodes(List<int> rows)
    {
        if (!log.Covers(_read))
        {
            return false;
        }

        for (var number = _read; number < log.Head; number++)
        {
            if (log[number].IsObject)
            {
                rows.Add(log[number].Row);
            }
        }

        return true;
    }

    /// <summary>Counts anew since nodes have changed with pods on them, for which nobody knows how they were counted.</summary>
    public void RecountAfterNodes()
    {
        if (log.IsFarBehind(_read))
        {
            _hasTouchedAll = true;
            RebuildAll();
            return;
        }

        for (var number = _read; number < log.Head; number++)
        {
            var row = log[number].Row;
            _touched.Add(TouchedRow.Of(row, regroups: true));
            foreach (var counter in _all)
            {
                TouchDomain(counter, row);
            }
        }

        RebuildAll();
    }

    /// <summary>Whether pods may have come to a node, or gone, since the last time.</summary>
    public bool HasPodChanges(int row)
    {
        if (log.IsFarBehind(_read))
        {
            return true;
        }

        for (var number = _read; number < log.Head; number++)
        {
            if (log[number].Row == row && log[number].Sign != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The rows for which anything may have changed since the last time, each as a <see cref="TouchedRow"/>, some perhaps twice; all of them if false is returned.</summary>
    public bool TryTakeTouched(List<int> rows)
    {
        CatchUp();
        var hasTouchedAll = _hasTouchedAll;
        _hasTouchedAll = false;
        if (!hasTouchedAll)
        {
            rows.AddRange(_touched);
        }

        _touched.Clear();
        return !hasTouchedAll;
    }

    private void Follow(in NodeChange change)
    {
        var regroups = change.Pod is null;
        foreach (var counter in _all)
        {
            if (counter.Follow(change, population))
            {
                TouchDomain(counter, change.Row);
                regroups = true;
            }
        }

        if (!_hasTouchedAll)
        {
            _touched.Add(TouchedRow.Of(change.Row, regroups || IsWatched(change)));
        }
    }

    private void TouchDomain(DomainCounter counter, int row)
    {
        if (counter.IsWide && !_hasTouchedAll)
        {
            _neighbours.Clear();
            counter.Domains.AddRowsOf(counter.DomainOf(row), except: row, _neighbours);
            foreach (var neighbour in _neighbours)
            {
                _touched.Add(TouchedRow.Of(neighbour, regroups: true));
            }
        }
    }

    private bool IsWatched(in NodeChange change)
    {
        foreach (var pods in _watched)
        {
            if (change.Pod is { } pod && population.Counts(pods, pod.Labels))
            {
                return true;
            }
        }

        return false;
    }

    private void RebuildAll()
    {
        _read = log.Head;
        foreach (var counter in _all)
        {
            counter.Rebuild(population);
        }
    }
}
