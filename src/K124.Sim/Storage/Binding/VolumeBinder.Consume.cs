using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Binding;

public sealed partial class VolumeBinder
{
    private readonly List<(CapacityEntry Entry, long Bytes)> _tried = [];
    private readonly ForkableMap<ObjectKey, Consumption> _consumed;

    internal bool ConsumesCapacity => _options.ConsumesCapacity;

    /// <summary>Whether published capacity limits where a claim can be provisioned.</summary>
    internal bool IsCapacityTracked(PersistentVolumeClaim claim)
    {
        var request = _requests.Of(claim);
        return IsCapacityTracked(request, ClassOf(request.ClassName));
    }

    /// <summary>The reachable object of the smallest limit that suffices; the first by namespace and name among equals.</summary>
    private CapacityEntry? SmallestSufficient(ClaimRequest request, ClassStorage storage, int row)
    {
        CapacityEntry? smallest = null;
        var smallestLimit = long.MaxValue;
        foreach (var slot in storage.Capacity.Reachable(row))
        {
            var entry = storage.Capacity[slot];
            var limit = entry.LimitAfter(Tried(entry));
            if (limit >= 0 && limit >= request.Bytes && (smallest is null || limit < smallestLimit))
            {
                (smallest, smallestLimit) = (entry, limit);
            }
        }

        return smallest;
    }

    /// <summary>What other claims of the pod that is being looked at would take.</summary>
    private long Tried(CapacityEntry entry)
    {
        var sum = 0L;
        foreach (var (tried, bytes) in _tried)
        {
            sum += ReferenceEquals(tried, entry) ? bytes : 0;
        }

        return sum;
    }

    /// <summary>Takes what a claim asks for out of a capacity object that its node reaches.</summary>
    private void Consume(PersistentVolumeClaim claim, int row)
    {
        var request = _requests.Of(claim);
        var storage = ClassOf(request.ClassName);
        var key = ObjectKey.Of(claim);
        if (_options.ConsumesCapacity && !_consumed.TryGetValue(key, out _) && IsCapacityTracked(request, storage)
            && SmallestSufficient(request, storage, row) is { } entry)
        {
            Consume(key, new(entry.Origin, request.Bytes));
        }
    }

    private void Consume(ObjectKey claim, Consumption consumption)
    {
        if (_undo?.IsActive == true)
        {
            _undo.Add(() => GiveBack(claim));
        }

        Take(consumption.Origin, consumption.Bytes);
        _consumed.Add(claim, consumption);
    }

    /// <summary>Puts back what a claim has taken, if anything.</summary>
    private void GiveBack(ObjectKey claim)
    {
        if (_consumed.Remove(claim, out var consumption))
        {
            if (_undo?.IsActive == true)
            {
                _undo.Add(() => Consume(claim, consumption));
            }

            Take(consumption.Origin, -consumption.Bytes);
        }
    }

    private void Take(CapacityEntry origin, long bytes) => ClassOf(origin.Object.StorageClassName).Take(origin, bytes);

    /// <summary>What a claim has taken.</summary>
    /// <param name="Origin">The object that it was taken from, as it was at first.</param>
    /// <param name="Bytes">How much.</param>
    private readonly record struct Consumption(CapacityEntry Origin, long Bytes);
}
