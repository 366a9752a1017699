using System.Collections.Immutable;

namespace K124.Sim.Scheduling.Algorithm.Failures;

/// <summary>What came of trying to evict pods below a priority, node by node.</summary>
internal sealed class PreemptionSearch(int rowCount, int priority)
{
    private readonly PreemptionCandidate?[] _candidates = new PreemptionCandidate?[rowCount];
    private readonly bool[] _isKnown = new bool[rowCount];
    private readonly List<int> _forgotten = [];
    private readonly HashSet<int> _tried = [];
    private int _candidateCount;
    private bool _isComplete;

    public int Priority { get; } = priority;

    /// <summary>Why evicting does not help, for the nodes where it does not.</summary>
    public RowStatuses Statuses { get; } = new(rowCount);

    /// <summary>The last result without candidates, and for what it was made.</summary>
    public (PreemptionResult Result, int Version)? Last { get; set; }

    /// <summary>Whether no node was a candidate when all were tried, so that only those forgotten since need to be tried again.</summary>
    public bool HadNoCandidates => _isComplete && _candidateCount == 0;

    public bool IsKnown(int row) => _isKnown[row];

    /// <summary>The candidate of a row; null if it is none.</summary>
    public PreemptionCandidate? CandidateOf(int row) => _candidates[row];

    public void Forget(int row)
    {
        if (!_isKnown[row])
        {
            return;
        }

        _isKnown[row] = false;
        _candidateCount -= _candidates[row] is null ? 0 : 1;
        _candidates[row] = null;
        if (_isComplete)
        {
            _forgotten.Add(row);
        }
    }

    /// <summary>Forgets all rows where there were pods to evict.</summary>
    public void ForgetTried()
    {
        foreach (var row in _tried)
        {
            Forget(row);
        }

        _tried.Clear();
    }

    /// <summary>Notes that there were pods to evict on a row.</summary>
    public void NoteTried(int row) => _tried.Add(row);

    public void SetCandidate(int row, PreemptionCandidate candidate)
    {
        _isKnown[row] = true;
        _candidateCount++;
        _candidates[row] = candidate;
        Statuses.Set(row, default);
    }

    public void SetRejected(int row, ImmutableArray<PluginStatus> statuses)
    {
        _isKnown[row] = true;
        Statuses.Set(row, statuses);
    }

    /// <summary>Notes whether all nodes have been tried.</summary>
    public void End(bool isComplete)
    {
        _isComplete = isComplete;
        _forgotten.Clear();
    }

    /// <summary>Rows forgotten since all were tried; to be tried again, and then done with by <see cref="End"/>.</summary>
    public List<int> Forgotten => _forgotten;
}
