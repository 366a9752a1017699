using K124.Sim.Model;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Algorithm.Indexing;

/// <summary>Leaving out nodes that have room for the pod, but not beside the pods nominated to them.</summary>
/// <remarks>Which nodes these are is remembered from one attempt to the next; it depends on the incoming pod's priority, and on whether it is nominated itself.</remarks>
internal sealed partial class ClassIndex
{
    private readonly HashSet<int> _crowded = [];
    private readonly List<int> _unjudged = [];
    private int? _judgedFor;

    /// <summary>Leaves out the nodes that are crowded for a pod.</summary>
    public void HideCrowded(SchedulerState state, Framework framework, Pod pod)
    {
        var nominations = state.Nominations;
        if (nominations.IsEmpty && _crowded.Count == 0)
        {
            _unjudged.Clear();
            return;
        }

        var priority = pod.Spec.Priority ?? 0;
        if (_judgedFor != priority || !FiltersLocally)
        {
            ShowAll();
            _judgedFor = priority;
            _unjudged.AddRange(nominations.Rows);
        }

        var own = nominations.Find(ObjectKey.Of(pod));
        var ownRow = own < 0 ? -1 : state.Pods[own].Row;
        if (ownRow >= 0)
        {
            _unjudged.Add(ownRow);
        }

        foreach (var row in _unjudged)
        {
            Judge(state, framework, pod, row);
        }

        _unjudged.Clear();
        if (ownRow >= 0)
        {
            // For any other pod this one's nomination counts.
            _unjudged.Add(ownRow);
        }
    }

    private void Judge(SchedulerState state, Framework framework, Pod pod, int row)
    {
        Show(row);
        if (_layout.PositionOf(row) is >= 0 and var position
            && _values[row] != BlockedColumn.None
            && state.Nominations.Has(row)
            && framework.IsCrowded(pod, _class, row))
        {
            _crowded.Add(row);
            _groupOf[row]!.Column![position] = BlockedColumn.None;
        }
    }

    private void Show(int row)
    {
        if (_crowded.Remove(row))
        {
            _groupOf[row]!.Column![_layout.PositionOf(row)] = _values[row];
        }
    }

    private void ShowAll()
    {
        foreach (var row in _crowded)
        {
            _groupOf[row]!.Column![_layout.PositionOf(row)] = _values[row];
        }

        _crowded.Clear();
        _unjudged.Clear();
    }

    /// <summary>All columns hold what fits again: every node is to be judged anew.</summary>
    private void ForgetCrowded()
    {
        _crowded.Clear();
        _unjudged.Clear();
        _judgedFor = null;
    }

    /// <summary>Something has changed on a node, or about its nominations: its column is about to hold what fits.</summary>
    private void ForgetCrowded(int row)
    {
        if (_judgedFor is not null)
        {
            _crowded.Remove(row);
            _unjudged.Add(row);
        }
    }
}
