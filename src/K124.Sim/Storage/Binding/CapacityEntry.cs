using K124.Sim.Model;

namespace K124.Sim.Storage.Binding;

/// <summary>A capacity object and how much of it has been handed out.</summary>
internal sealed class CapacityEntry
{
    private readonly long? _capacity;
    private readonly long? _maximumVolumeSize;

    public CapacityEntry(CSIStorageCapacity item, Segment segment)
    {
        (Object, Segment, Origin) = (item, segment, this);
        (_capacity, _maximumVolumeSize) = (item.Capacity?.Value(), item.MaximumVolumeSize?.Value());
    }

    private CapacityEntry(CapacityEntry other, long taken)
    {
        (Object, Segment, Origin) = (other.Object, other.Segment, other.Origin);
        (_capacity, _maximumVolumeSize) = (other._capacity, other._maximumVolumeSize);
        Taken = taken;
    }

    public CSIStorageCapacity Object { get; }

    public Segment Segment { get; }

    /// <summary>The entry before anything was handed out: what is handed out of it is not taken from one that the API puts in its place.</summary>
    public CapacityEntry Origin { get; }

    /// <summary>Bytes handed out of <see cref="CSIStorageCapacity.Capacity"/>; nothing but the option of counting down adds to it.</summary>
    public long Taken { get; }

    /// <summary>The largest volume that can be had, in bytes; -1 if the object does not say.</summary>
    public long Limit => LimitAfter(0);

    /// <summary>The largest volume that could be had if so many more bytes were handed out.</summary>
    public long LimitAfter(long bytes)
    {
        var taken = Taken + bytes;
        return _maximumVolumeSize is { } largest
            ? taken == 0 || _capacity is null ? largest : Math.Min(largest, Math.Max(_capacity.Value - taken, 0))
            : _capacity is { } capacity ? Math.Max(capacity - taken, 0) : -1;
    }

    /// <summary>The entry with so many more bytes handed out.</summary>
    public CapacityEntry Taking(long bytes) => new(this, Taken + bytes);
}
