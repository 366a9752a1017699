using System.Collections.Immutable;

namespace K124.Sim.Scheduling.Algorithm.Failures;

/// <summary>The objections to nodes by row, and how often each reason occurs.</summary>
internal sealed class RowStatuses(int rowCount)
{
    private readonly Dictionary<PluginStatus, int> _nodesByStatus = new(ReferenceEqualityComparer.Instance);
    private readonly StatusPages _byRow = new(rowCount);
    private ImmutableArray<ReasonCount> _reasons;
    private string? _histogram;

    /// <summary>Number of rows with objections.</summary>
    public int Count { get; private set; }

    /// <summary>Number of rows whose strongest code is that nothing done to pods resolves it.</summary>
    public int UnresolvableCount { get; private set; }

    /// <summary>Number of rows where a plugin could not decide.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>Number of changes.</summary>
    public int Version { get; private set; }

    /// <summary>The reasons as the message shows them.</summary>
    public string Histogram => _histogram ??= string.Join(", ", Reasons.Select(static reason => $"{reason.Nodes} {reason.Reason}"));

    /// <summary>How often each reason occurs, sorted as the strings that the message shows.</summary>
    public ImmutableArray<ReasonCount> Reasons
    {
        get
        {
            if (_reasons.IsDefault)
            {
                _reasons = CountReasons();
            }

            return _reasons;
        }
    }

    /// <summary>The objections to a row; default if there are none.</summary>
    public ImmutableArray<PluginStatus> this[int row] => _byRow[row];

    public bool Has(int row) => !_byRow[row].IsDefault;

    /// <summary>The strongest code for a row; Success if there are no objections.</summary>
    public StatusCode CodeOf(int row) => Has(row) ? CodeOf(_byRow[row]) : StatusCode.Success;

    /// <summary>Sets the objections to a row; default for none.</summary>
    public void Set(int row, ImmutableArray<PluginStatus> statuses)
    {
        var old = _byRow[row];
        if (IsSame(old, statuses))
        {
            return;
        }

        _byRow[row] = statuses;
        Tally(old, -1);
        Tally(statuses, 1);
        Version++;
        _reasons = default;
        _histogram = null;
    }

    /// <summary>The objections by row as they are now, never to change.</summary>
    public StatusPages.Snapshot Share() => _byRow.Share();

    private static StatusCode CodeOf(ImmutableArray<PluginStatus> statuses)
    {
        var code = StatusCode.Success;
        foreach (var status in statuses)
        {
            code = status.Code > code ? status.Code : code;
        }

        return code;
    }

    private static bool IsSame(ImmutableArray<PluginStatus> first, ImmutableArray<PluginStatus> second)
    {
        if (first == second)
        {
            return true;
        }

        if (first.IsDefault || second.IsDefault || first.Length != second.Length)
        {
            return false;
        }

        for (var i = 0; i < first.Length; i++)
        {
            if (!ReferenceEquals(first[i], second[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void Tally(ImmutableArray<PluginStatus> statuses, int sign)
    {
        if (statuses.IsDefault)
        {
            return;
        }

        Count += sign;
        var code = CodeOf(statuses);
        UnresolvableCount += code == StatusCode.UnschedulableAndUnresolvable ? sign : 0;
        ErrorCount += code == StatusCode.Error ? sign : 0;
        foreach (var status in statuses)
        {
            _nodesByStatus[status] = _nodesByStatus.GetValueOrDefault(status) + sign;
        }
    }

    private ImmutableArray<ReasonCount> CountReasons()
    {
        var nodesByReason = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (status, nodes) in _nodesByStatus)
        {
            foreach (var reason in status.Reasons)
            {
                nodesByReason[reason] = nodesByReason.GetValueOrDefault(reason) + nodes;
            }
        }

        return
        [
            .. nodesByReason.Where(static entry => entry.Value > 0).Select(static entry => new ReasonCount(entry.Key, entry.Value))
                .OrderBy(static entry => $"{entry.Nodes} {entry.Reason}", StringComparer.Ordinal),
        ];
    }
}
