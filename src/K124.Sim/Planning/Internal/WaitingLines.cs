using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>StatefulSets that make one pod after the other, and wait for one that finds no node.</summary>
internal sealed class WaitingLines
{
    private readonly Dictionary<ObjectKey, Pod> _waitedFor = [];
    private readonly Dictionary<(string Source, string Reason), int> _heldBack = [];

    /// <summary>The pods that are never made.</summary>
    public IEnumerable<PodsNotCreated> HeldBack => _heldBack.Select(static entry => new PodsNotCreated(entry.Key.Source, entry.Value, entry.Key.Reason));

    /// <summary>Whether a pod is not made because one before it waits; it is counted then.</summary>
    public bool HoldsBack(in PlannedPod planned)
    {
        if (planned.IsMade || planned.Line is not { } line || !_waitedFor.TryGetValue(line, out var first))
        {
            return false;
        }

        var key = (planned.Source, WorkloadExpansion.WaitsFor(first));
        _heldBack[key] = _heldBack.GetValueOrDefault(key) + 1;
        return true;
    }

    /// <summary>Notes what became of a pod.</summary>
    public void Note(in PlannedPod planned, bool isPlaced)
    {
        if (!isPlaced && planned.Line is { } line)
        {
            _waitedFor.TryAdd(line, planned.Pod);
        }
    }
}
