using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using K124.Sim.Networking.Internal;

namespace K124.Sim.Networking;

/// <summary>A cluster-IP range that many threads may allocate from; every operation takes effect at one instant.</summary>
/// <remarks>Kubernetes has one lock a server here; this is for users' own programs. A draw lands on a free address of the
/// dynamic band while there is one, by 1.24's scan rule if nothing changes meanwhile. Allocations in the dynamic band,
/// requests for a certain address and releases run side by side. What needs the whole range at one instant (the fall-back
/// to the static band, Full, counts, snapshots) waits until the others are through. A range of 16 addresses with the gate on
/// gives Panic as in 1.24; the duplicates of 1.24.0 are not offered.</remarks>
public sealed class ConcurrentServiceIPRange : IServiceIPAllocator
{
    // One lane a thread, mostly. A lane is held while an operation runs, so that all lanes together stop the range.
    private readonly Lane[] _lanes;
    private readonly ConcurrentFreeBitmap _free;
    private readonly int _staticBandSize;

    /// <summary>Makes an empty range.</summary>
    /// <param name="cidr">The block.</param>
    /// <param name="serviceIPStaticSubrange">The feature gate ServiceIPStaticSubrange.</param>
    /// <param name="seed">Seed of the draws; which thread gets which depends on the threads.</param>
    /// <param name="lanes">How many operations may run side by side, 1 to 1024.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of lanes is out of bounds.</exception>
    public ConcurrentServiceIPRange(ServiceCidr cidr, bool serviceIPStaticSubrange = false, ulong seed = 0, int lanes = 16)
    {
        ArgumentNullException.ThrowIfNull(cidr);
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lanes, 1024);
        Cidr = cidr;
        _free = new(cidr.UsableCount);
        _staticBandSize = serviceIPStaticSubrange ? cidr.StaticBandSize : 0;
        _lanes = new Lane[lanes];
        for (var i = 0; i < lanes; i++)
        {
            _lanes[i] = new(SeededRandom.Stream(seed, FormattableString.Invariant($"lane {i}")));
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
            var free = _free.CountFree();
            ExitAll();
            return Cidr.UsableCount - free;
        }
    }

    /// <inheritdoc/>
    public ServiceIPResult TryAllocate(ServiceIP address)
    {
        if (!Cidr.TryGetOffset(address, out var offset))
        {
            return ServiceIPResult.OutOfRange(address, Cidr);
        }

        var lane = Enter();
        var taken = _free.TryTake(offset);
        lane.Exit();
        return taken ? ServiceIPResult.Ok(address) : ServiceIPResult.Of(AllocationStatus.AlreadyAllocated, address);
    }

    /// <inheritdoc/>
    public ServiceIPResult TryAllocateNext()
    {
        var size = Cidr.UsableCount - _staticBandSize;
        if (size > 0)
        {
            var lane = Enter();
            var offset = TakeDynamic(lane.Random, size);
            lane.Exit();
            if (offset >= 0)
            {
                return ServiceIPResult.Ok(Cidr.At(offset));
            }
        }

        EnterAll();
        var result = TakeAny();
        ExitAll();
        return result;
    }

    /// <inheritdoc/>
    public ServiceIPResult Release(ServiceIP address)
    {
        if (Cidr.TryGetOffset(address, out var offset))
        {
            var lane = Enter();
            _free.TryGive(offset);
            lane.Exit();
        }

        return ServiceIPResult.Ok(address);
    }

    /// <inheritdoc/>
    public bool Has(ServiceIP address) => Cidr.TryGetOffset(address, out var offset) && !_free.IsFree(offset);

    /// <inheritdoc/>
    public IServiceIPAllocator DryRun() => new DryRunServiceIPAllocator(this, series: null);

    /// <summary>The stored form at one instant.</summary>
    /// <returns>The form, without a version.</returns>
    public RangeAllocation Snapshot()
    {
        var range = new ServiceIPRange(Cidr);
        EnterAll();
        for (var offset = 0; offset < Cidr.UsableCount; offset++)
        {
            if (!_free.IsFree(offset))
            {
                range.TryAllocate(Cidr.At(offset));
            }
        }

        ExitAll();
        return range.Snapshot();
    }

    // A negative answer means that no free address was seen; with others at work that proves nothing.
    private int TakeDynamic(SeededRandom random, int size)
    {
        var start = _staticBandSize + (int)random.Next(size);
        while (true)
        {
            var offset = _free.NextFree(start, Cidr.UsableCount);
            if (offset < 0)
            {
                offset = _free.NextFree(_staticBandSize, start);
            }

            if (offset < 0 || _free.TryTake(offset))
            {
                return offset;
            }
        }
    }

    private ServiceIPResult TakeAny()
    {
        if (_free.NextFree(0, Cidr.UsableCount) < 0)
        {
            return ServiceIPResult.Of(AllocationStatus.Full, default);
        }

        var size = Cidr.UsableCount - _staticBandSize;
        if (size <= 0)
        {
            return ServiceIPResult.Of(AllocationStatus.Panic, default);
        }

        var random = _lanes[0].Random;
        var offset = TakeDynamic(random, size);
        if (offset < 0)
        {
            var start = (int)random.Next(_staticBandSize);
            offset = _free.NextFree(start, _staticBandSize);
            offset = offset < 0 ? _free.NextFree(0, start) : offset;
            _free.TryTake(offset);
        }

        return ServiceIPResult.Ok(Cidr.At(offset));
    }

    private void EnterAll()
    {
        foreach (var lane in _lanes)
        {
            lane.Enter();
        }
    }

    private void ExitAll()
    {
        foreach (var lane in _lanes)
        {
            lane.Exit();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lane Enter()
    {
        var lane = _lanes[Environment.CurrentManagedThreadId % _lanes.Length];
        lane.Enter();
        return lane;
    }

    /// <summary>A spin lock and a random stream, on cache lines of their own.</summary>
    private sealed class Lane(SeededRandom random)
    {
        private Padded _state;

        public SeededRandom Random => random;

        public void Enter()
        {
            if (Interlocked.CompareExchange(ref _state.Taken, 1, 0) != 0)
            {
                Wait();
            }
        }

        public void Exit() => Volatile.Write(ref _state.Taken, 0);

        private void Wait()
        {
            var spinner = default(SpinWait);
            do
            {
                spinner.SpinOnce();
            }
            while (Interlocked.CompareExchange(ref _state.Taken, 1, 0) != 0);
        }
    }

    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct Padded
    {
        [FieldOffset(64)]
        public int Taken;
    }
}
