using K124.Sim.Model;
using K124.Sim.Storage.Internal;

namespace K124.Sim.Storage;

public sealed partial class VolumeBinder
{
    private readonly List<(CapacityEntry Entry, long Bytes)> _tried = [];
    private readonly Dictionary<ObjectKey, (ClassStorage Storage, CapacityEntry Entry, long Bytes)> _consumed = [];

    internal bool ConsumesCapacity => _options.ConsumesCapacity;

    /// <summary>Whether published capacity limits where a claim can be provisioned.</summary>
    internal bool IsCapacityTracked(PersistentVolumeClaim claim)
    {
        var request = _requests.Of(claim);
        return IsCapacityTracked(request, ClassOf(request.ClassName));
    }

    /// <summary>The reachable object of the smallest limit that suffices; the first by namespace and name among equals.</summary>
    private static CapacityEntry? SmallestSufficient(ClaimRequest request, ClassStorage storage, int row)
    {
        CapacityEntry? smallest = null;
        foreach (var entry in storage.Capacity.Reachable(row))
        {
            var limit = entry.Limit;
            if (limit >= 0 && limit >= request.Bytes && (smallest is null || limit < smallest.Limit))
            {
                smallest = entry;
            }
        }

        return smallest;
    }

    /// <summary>Ends a trial in which the claims of one pod were added up.</summary>
    private void GiveBackTried()
    {
        foreach (var (entry, bytes) in _tried)
        {
            entry.Taken -= bytes;
        }

        _tried.Clear();
    }

    /// <summary>Takes what a claim asks for out of a capacity object that its node reaches.</summary>
    private void Consume(PersistentVolumeClaim claim, int row)
    {
        var request = _requests.Of(claim);
        var storage = ClassOf(request.ClassName);
        var key = ObjectKey.Of(claim);
        if (_options.ConsumesCapacity && !_consumed.ContainsKey(key) && IsCapacityTracked(request, storage) && SmallestSufficient(request, storage, row) is { } entry)
        {
            Consume(key, storage, entry, request.Bytes);
        }
    }

    private void Consume(ObjectKey claim, ClassStorage storage, CapacityEntry entry, long bytes)
    {
        if (_undo?.IsActive == true)
        {
            _undo.Add(() => GiveBack(claim));
        }

        storage.Take(entry, bytes);
        _consumed.Add(claim, (storage, entry, bytes));
    }

    /// <summary>Puts back what a claim has taken, if anything.</summary>
    private void GiveBack(ObjectKey claim)
    {
        if (_consumed.Remove(claim, out var consumed))
        {
            if (_undo?.IsActive == true)
            {
                _undo.Add(() => Consume(claim, consumed.Storage, consumed.Entry, consumed.Bytes));
            }

            consumed.Storage.Take(consumed.Entry, -consumed.Bytes);
        }
    }
}
