using K124.Sim.Networking.Internal;
using K124.Sim.Platform;

namespace K124.Sim.Networking;

/// <summary>A cluster-IP range that many threads may allocate from; every operation takes effect at one instant.</summary>
/// <remarks>Kubernetes has one lock a server here; this is for users' own programs. The range is cut into blocks, each under
/// a lock of its own, and an operation holds one of them. A draw lands on a free address of the dynamic band while there is
/// one, and on one of the static band only at an instant at which the dynamic band is full. As long as one thread alone has
/// drawn, draws follow 1.24's scan rule exactly. Once there are several, each starts at a uniform place of blocks of its own and goes on by the scan
/// rule in these, and beyond them once they are full, so that they keep out of each other's way. Counts and snapshots wait until all others are through. A range of 16
/// addresses with the gate on gives Panic as in 1.24; the duplicates of 1.24.0 are not offered.</remarks>
public sealed class ConcurrentServiceIPRange : IServiceIPAllocator
{
    private const int Blocks = 16;

    private readonly DrawLane[] _lanes;
    private readonly ConcurrentFreeBitmap _static;
    private readonly ConcurrentFreeBitmap _dynamic;
    private int _lanesInUse;

    /// <summary>Makes an empty range.</summary>
    /// <param name="cidr">The block.</param>
    /// <param name="profile">Feature gates, of which ServiceIPStaticSubrange counts here, and seed of the draws; which thread gets which depends on
    /// the threads. Null for the defaults.</param>
    /// <param name="lanes">How many threads may draw without disturbing each other, 1 to 1024.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of lanes is out of bounds.</exception>
    public ConcurrentServiceIPRange(ServiceCidr cidr, ClusterProfile? profile = null, int lanes = 16)
    {
        ArgumentNullException.ThrowIfNull(cidr);
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lanes, 1024);
        profile ??= ClusterProfile.Default;
        Cidr = cidr;
        var split = profile.IsEnabled(ServiceIPRangeOptions.StaticSubrangeGate) ? Math.Min(cidr.StaticBandSize, cidr.UsableCount) : 0;
        _static = new(split, blocks: 1);
        _dynamic = new(cidr.UsableCount - split, Blocks);
        _lanes = new DrawLane[lanes];
        for (var i = 0; i < lanes; i++)
        {
            _lanes[i] = new(SeededRandom.Stream(profile.Seed, FormattableString.Invariant($"lane {i}")).NextBits());
        }
    }

    /// <inheritdoc/>
    public ServiceCidr Cidr { get; }

    /// <summary>Number of allocated addresses at one instant.</summary>
    public long Used
    {
        get
        {
            EnterAll();
            var free = _static.CountFree() + _dynamic.CountFree();
            ExitAll();
            return Cidr.UsableCount - free;
        }
    }

    internal long SizeBytes => _static.SizeBytes + _dynamic.SizeBytes;

    /// <inheritdoc/>
    public ServiceIPResult TryAllocate(ServiceIP address)
    {
        if (!Cidr.TryGetOffset(address, out var offset))
        {
            return ServiceIPResult.OutOfRange(address, Cidr);
        }

        var isTaken = offset < _static.Length ? _static.TryTake(offset) : _dynamic.TryTake(offset - _static.Length);
        return isTaken ? ServiceIPResult.Ok(address) : ServiceIPResult.Of(AllocationStatus.AlreadyAllocated, address);
    }

    /// <inheritdoc/>
    public ServiceIPResult TryAllocateNext()
    {
        var lane = _lanes[(uint)Environment.CurrentManagedThreadId % (uint)_lanes.Length];
        while (true)
        {
            if (_dynamic.Length > 0 && TakeDynamic(lane) is >= 0 and var offset)
            {
                return ServiceIPResult.Ok(Cidr.At(_static.Length + offset));
            }

            // With the static band held, the instant at which the dynamic band is full is also that of the fall-back.
            _static.EnterAll();
            ServiceIPResult? result = _dynamic.IsFull() ? TakeStatic(lane) : null;
            _static.ExitAll();
            if (result is { } found)
            {
                return found;
            }
        }
    }

    /// <inheritdoc/>
    public ServiceIPResult Release(ServiceIP address)
    {
        if (Cidr.TryGetOffset(address, out var offset))
        {
            if (offset < _static.Length)
            {
                _static.Give(offset);
            }
            else
            {
                _dynamic.Give(offset - _static.Length);
            }
        }

        return ServiceIPResult.Ok(address);
    }

    /// <inheritdoc/>
    public bool Has(ServiceIP address)
    {
        if (!Cidr.TryGetOffset(address, out var offset))
        {
            return false;
        }

        return offset < _static.Length ? HasStatic(offset) : !_dynamic.IsFree(offset - _static.Length);
    }

    /// <inheritdoc/>
    public IServiceIPAllocator DryRun() => new DryRunServiceIPAllocator(this, series: null);

    /// <summary>The stored form at one instant.</summary>
    /// <returns>The form, without a version.</returns>
    public RangeAllocation Snapshot()
    {
        var range = new ServiceIPRange(Cidr);
        EnterAll();
        foreach (var offset in _static.TakenOffsets().Concat(_dynamic.TakenOffsets().Select(offset => offset + _static.Length)))
        {
            range.TryAllocate(Cidr.At(offset));
        }

        ExitAll();
        return range.Snapshot();
    }

    private int TakeDynamic(DrawLane lane)
    {
        var number = lane.Number;
        if (number < 0)
        {
            number = lane.Enlist(ref _lanesInUse);
        }

        var lanes = Volatile.Read(ref _lanesInUse);
        return _dynamic.TakeFrom(_dynamic.MoveToOwn(lane.Next(_dynamic.Length), number, lanes), lanes);
    }

    private ServiceIPResult TakeStatic(DrawLane lane)
    {
        if (_static.CountFree() == 0)
        {
            return ServiceIPResult.Of(AllocationStatus.Full, default);
        }

        return _dynamic.Length == 0
            ? ServiceIPResult.Of(AllocationStatus.Panic, default)
            : ServiceIPResult.Ok(Cidr.At(_static.TakeHeld(lane.Next(_static.Length))));
    }

    // An address of the static band is taken a moment after the instant that counts, so that it is to be asked for behind the lock.
    private bool HasStatic(int offset)
    {
        _static.EnterAll();
        var isFree = _static.IsFree(offset);
        _static.ExitAll();
        return !isFree;
    }

    private void EnterAll()
    {
        _static.EnterAll();
        _dynamic.EnterAll();
    }

    private void ExitAll()
    {
        _static.ExitAll();
        _dynamic.ExitAll();
    }
}
