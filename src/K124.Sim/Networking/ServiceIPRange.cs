using K124.Sim.Networking.Internal;

namespace K124.Sim.Networking;

/// <summary>A cluster-IP range in memory, as one API server of 1.24 keeps it.</summary>
/// <remarks>Allocating, releasing and asking cost a few machine words however full or large the range is, and allocate no
/// memory; the range takes one bit an address and 1/63 more. Not thread-safe. Kubernetes 1.24
/// pkg/registry/core/service/ipallocator, KEP-3070.</remarks>
public sealed class ServiceIPRange : IServiceIPAllocator
{
    private readonly OffsetAllocator _offsets;
    private readonly ServiceIPMetrics.Series? _series;

    /// <summary>Makes an empty range.</summary>
    /// <param name="cidr">The block.</param>
    /// <param name="options">How it allocates; null for the defaults of 1.24.</param>
    public ServiceIPRange(ServiceCidr cidr, ServiceIPRangeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cidr);
        options ??= new();
        Cidr = cidr;
        _offsets = new(
            cidr.UsableCount,
            options.Profile.IsEnabled(ServiceIPRangeOptions.StaticSubrangeGate) ? cidr.StaticBandSize : 0,
            options.Profile.Release.StaticBandFallbackDuplicates,
            options.Random ?? new SeededRandom(options.Profile.Seed));
        _series = options.Metrics?.SeriesOf(cidr);
    }

    /// <summary>Makes an empty range.</summary>
    /// <param name="cidr">The block, for example <c>10.96.0.0/12</c>.</param>
    /// <param name="options">How it allocates; null for the defaults of 1.24.</param>
    /// <exception cref="FormatException">The text is not a block.</exception>
    public ServiceIPRange(string cidr, ServiceIPRangeOptions? options = null)
        : this(ServiceCidr.Parse(cidr), options)
    {
    }

    /// <inheritdoc/>
    public ServiceCidr Cidr { get; }

    /// <summary>Size of the static band: 0 with the gate off; may exceed the usable addresses of a block of 16.</summary>
    public int StaticBandSize => _offsets.StaticBandSize;

    /// <summary>The allocator's count of allocated addresses, duplicates of 1.24.0 and restored bits beyond the range included.</summary>
    public long Used => _offsets.Used;

    /// <summary>Usable addresses less <see cref="Used"/>; negative after a restore of too much data.</summary>
    public long Free => _offsets.Free;

    internal OffsetAllocator Offsets => _offsets;

    internal ServiceIPMetrics.Series? Metrics => _series;

    /// <summary>The band an address belongs to.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The band, or null if the address is not usable.</returns>
    public ServiceIPBand? BandOf(ServiceIP address) => Cidr.TryGetOffset(address, out var offset)
        ? offset < StaticBandSize ? ServiceIPBand.Static : ServiceIPBand.Dynamic
        : null;

    /// <summary>Number of usable addresses in a band.</summary>
    /// <param name="band">The band.</param>
    /// <returns>The number.</returns>
    public int SizeOf(ServiceIPBand band)
    {
        var (start, end) = Bounds(band);
        return end - start;
    }

    /// <summary>Number of free addresses in a band, counted from the bits.</summary>
    /// <param name="band">The band.</param>
    /// <returns>The number.</returns>
    public int FreeIn(ServiceIPBand band)
    {
        var (start, end) = Bounds(band);
        return _offsets.CountFree(start, end);
    }

    /// <summary>Number of allocated addresses in a band, counted from the bits.</summary>
    /// <param name="band">The band.</param>
    /// <returns>The number.</returns>
    public int UsedIn(ServiceIPBand band) => SizeOf(band) - FreeIn(band);

    /// <inheritdoc/>
    public ServiceIPResult TryAllocate(ServiceIP address)
    {
        if (!Cidr.TryGetOffset(address, out var offset))
        {
            _series?.CountError(isStatic: true);
            return ServiceIPResult.OutOfRange(address, Cidr);
        }

        if (!_offsets.TryTake(offset))
        {
            _series?.CountError(isStatic: true);
            return ServiceIPResult.Of(AllocationStatus.AlreadyAllocated, address);
        }

        _series?.CountAllocation(isStatic: true, Used, Free);
        return ServiceIPResult.Ok(address);
    }

    /// <inheritdoc/>
    public ServiceIPResult TryAllocateNext()
    {
        switch (_offsets.Draw(out var offset))
        {
            case DrawOutcome.Taken:
                _series?.CountAllocation(isStatic: false, Used, Free);
                return ServiceIPResult.Ok(Cidr.At(offset));
            case DrawOutcome.Panic:
                return ServiceIPResult.Of(AllocationStatus.Panic, default);
            default:
                _series?.CountError(isStatic: false);
                return ServiceIPResult.Of(AllocationStatus.Full, default);
        }
    }

    /// <inheritdoc/>
    public ServiceIPResult Release(ServiceIP address)
    {
        if (Cidr.TryGetOffset(address, out var offset))
        {
            _offsets.Release(offset);
            _series?.SetGauges(Used, Free);
        }

        return ServiceIPResult.Ok(address);
    }

    /// <inheritdoc/>
    public bool Has(ServiceIP address) => Cidr.TryGetOffset(address, out var offset) && _offsets.Has(offset);

    /// <summary>Every allocated address, ascending.</summary>
    /// <returns>The addresses; null for a restored bit whose address leaves the block.</returns>
    public IEnumerable<ServiceIP?> Allocated() => _offsets.TakenOffsets().Select(offset => Cidr.AtOrNull(offset));

    /// <inheritdoc/>
    public IServiceIPAllocator DryRun() => new DryRunServiceIPAllocator(this, _series);

    /// <summary>The stored form.</summary>
    /// <returns>The form, without a version.</returns>
    public RangeAllocation Snapshot() => new() { Range = Cidr.ToString(), Data = _offsets.Snapshot() };

    /// <summary>Takes over a stored form, counting anew; any data is accepted.</summary>
    /// <param name="snapshot">The form.</param>
    /// <returns>Done, InvalidRange or RangeMismatch; on failure nothing has changed.</returns>
    public ServiceIPResult TryRestore(RangeAllocation snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (!ServiceCidr.TryParse(snapshot.Range, out var cidr))
        {
            return ServiceIPResult.Of(AllocationStatus.InvalidRange, default, AllocationMessages.InvalidCidr(snapshot.Range));
        }

        if (cidr != Cidr)
        {
            return ServiceIPResult.Of(AllocationStatus.RangeMismatch, default, AllocationMessages.MismatchedNetwork);
        }

        _offsets.Restore(snapshot.Data.AsSpan());
        return ServiceIPResult.Ok(default);
    }

    /// <summary>Makes the range that a stored form describes.</summary>
    /// <param name="snapshot">The form.</param>
    /// <param name="range">The range, or null.</param>
    /// <param name="options">How it allocates; null for the defaults of 1.24.</param>
    /// <returns>Done or InvalidRange.</returns>
    public static ServiceIPResult TryFromSnapshot(
        RangeAllocation snapshot, out ServiceIPRange? range, ServiceIPRangeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        range = null;
        if (!ServiceCidr.TryParse(snapshot.Range, out var cidr))
        {
            return ServiceIPResult.Of(AllocationStatus.InvalidRange, default, AllocationMessages.InvalidCidr(snapshot.Range));
        }

        range = new(cidr, options);
        return range.TryRestore(snapshot with { Range = cidr.ToString() });
    }

    private (int Start, int End) Bounds(ServiceIPBand band)
    {
        var split = Math.Min(StaticBandSize, Cidr.UsableCount);
        return band switch
        {
            ServiceIPBand.Static => (0, split),
            ServiceIPBand.Dynamic => (split, Cidr.UsableCount),
            _ => throw new ArgumentOutOfRangeException(nameof(band), band, "There is no such band."),
        };
    }
}
