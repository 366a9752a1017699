namespace K124.Sim.Scheduling.Internal;

/// <summary>All counters by domain that one class of pods looks at, kept in step with the pods on nodes, and which nodes that has touched.</summary>
internal sealed class ClassCounters(ChangeLog log)
{
    private readonly List<DomainCounter> _all = [];
    private readonly List<int> _touched = [];
    private long _read = log.Head;
    private bool _hasTouchedAll = true;

    /// <summary>A counter that is kept in step from here on.</summary>
    public DomainCounter Add(DomainCounter counter)
    {
        _all.Add(counter);
        Rebuild(counter);
        return counter;
    }

    /// <summary>Counts anew for a counter that counts other pods now.</summary>
    public void Rebuild(DomainCounter counter)
    {
        CatchUp();
        counter.Rebuild();
        _hasTouchedAll = true;
    }

    /// <summary>Reads the changes since the last time.</summary>
    public void CatchUp()
    {
        if (!log.Covers(_read))
        {
            _read = log.Head;
            _hasTouchedAll = true;
            foreach (var counter in _all)
            {
                counter.Rebuild();
            }
        }

        for (; _read < log.Head; _read++)
        {
            Follow(in log[_read]);
        }
    }

    /// <summary>The rows for which anything may have changed since the last time, some perhaps twice; all of them if false is returned.</summary>
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

    private void Follow(in PodChange change)
    {
        foreach (var counter in _all)
        {
            if (counter.Follow(change) && counter.IsWide && !_hasTouchedAll)
            {
                counter.Domains.AddRowsOf(counter.DomainOf(change.Row), except: change.Row, _touched);
            }
        }

        if (!_hasTouchedAll)
        {
            _touched.Add(change.Row);
        }
    }
}
