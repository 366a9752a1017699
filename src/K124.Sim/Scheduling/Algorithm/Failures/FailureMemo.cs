using K124.Sim.Model;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Algorithm.Failures;

/// <summary>What is remembered, for a class of pods that fits nowhere, of its last attempts: only nodes where something has changed are looked at again.</summary>
internal sealed class FailureMemo(int rowCount)
{
    private const int MaxSearches = 8;

    private readonly bool[] _isStale = new bool[rowCount];
    private readonly List<int> _stale = [];
    private readonly List<PreemptionSearch> _searches = [];
    private Diagnosis? _diagnosis;
    private bool _isFilled;
    private int _priority;
    private int _ownRow = -1;

    /// <summary>The objections to the nodes.</summary>
    public RowStatuses Statuses { get; } = new(rowCount);

    /// <summary>The last result, and for what it was made.</summary>
    public (SchedulingResult Result, int Version, int First)? Last { get; set; }

    /// <summary>The objections as those of an attempt that began at a position; holds until the next one is asked for.</summary>
    public Diagnosis DiagnosisFrom(NodeTable nodes, int first)
    {
        _diagnosis ??= new(nodes, this);
        _diagnosis.First = first;
        return _diagnosis;
    }

    /// <summary>Something that filters read has changed on a node.</summary>
    public void Touch(int row)
    {
        if (!_isStale[row])
        {
            _isStale[row] = true;
            _stale.Add(row);
        }
    }

    /// <summary>Touches what depends on other nodes in ways that are not followed: pods nominated to a node, and what evicting pods there would change.</summary>
    public void TouchComparing(Nominations nominations)
    {
        if (!nominations.IsEmpty)
        {
            foreach (var row in nominations.Rows)
            {
                if (row < rowCount)
                {
                    Touch(row);
                }
            }
        }

        foreach (var search in _searches)
        {
            search.ForgetTried();
        }
    }

    /// <summary>Looks again at the nodes where something has changed.</summary>
    public void Refresh(SchedulerState state, Framework framework, Pod pod, PodClass podClass)
    {
        TouchNominated(state, pod);

        if (!_isFilled)
        {
            _isFilled = true;
            Array.ForEach(state.Nodes.Order, Touch);
        }

        foreach (var row in _stale)
        {
            _isStale[row] = false;
            if (state.Nodes.IsListed(row))
            {
                Statuses.Set(row, framework.Filter(pod, podClass, row));
            }

            foreach (var search in _searches)
            {
                search.Forget(row);
            }
        }

        _stale.Clear();
    }

    /// <summary>Pods that are nominated to a node count for some incoming pods and not for others.</summary>
    private void TouchNominated(SchedulerState state, Pod pod)
    {
        if (_ownRow >= 0)
        {
            Touch(_ownRow);
            _ownRow = -1;
        }

        var priority = pod.Spec.Priority ?? 0;
        if (_priority != priority)
        {
            _priority = priority;
            foreach (var row in state.Nominations.Rows)
            {
                if (row < rowCount)
                {
                    Touch(row);
                }
            }
        }

        if (state.Nominations.Find(ObjectKey.Of(pod)) is >= 0 and var id && state.Pods[id].Row < rowCount)
        {
            _ownRow = state.Pods[id].Row;
            Touch(_ownRow);
        }
    }

    /// <summary>What is remembered of the search for victims of a priority below the given one.</summary>
    public PreemptionSearch SearchBelow(int priority)
    {
        foreach (var known in _searches)
        {
            if (known.Priority == priority)
            {
                return known;
            }
        }

        if (_searches.Count == MaxSearches)
        {
            _searches.RemoveAt(0);
        }

        var search = new PreemptionSearch(rowCount, priority);
        _searches.Add(search);
        return search;
    }
}
