using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Networking.Internal;
using K124.Sim.Platform;

namespace K124.Sim.Networking;

/// <summary>What a block of cluster IPs holds, what is left, and how likely the next draws are to take an address that
/// someone wants to fix later.</summary>
/// <remarks>The probabilities are exact for 1.24's scan rule: a uniform offset, then the first free address from there on.
/// KEP-3070 motivates them.</remarks>
public sealed class ServiceIPPlan
{
    private readonly ServiceIPRange _range;
    private readonly int _split;

    private ServiceIPPlan(ServiceIPRange range, ImmutableArray<ServiceIPPlacement> placements, ImmutableArray<ServiceIPPlacement> duplicates)
    {
        _range = range;
        _split = range.SizeOf(ServiceIPBand.Static);
        Placements = placements;
        Duplicates = duplicates;
    }

    /// <summary>The block.</summary>
    public ServiceCidr Cidr => _range.Cidr;

    /// <summary>Addresses of the block's family that Services hold, ascending; also those that the block cannot hand out.</summary>
    public ImmutableArray<ServiceIPPlacement> Placements { get; }

    /// <summary>Placements whose address another Service held first.</summary>
    public ImmutableArray<ServiceIPPlacement> Duplicates { get; }

    /// <summary>Whether 1.24 would panic on every dynamic allocation with the gate on: the block has 16 addresses.</summary>
    public bool PanicsWithGate => Cidr.UsableCount > 0 && Cidr.StaticBandSize >= Cidr.UsableCount;

    /// <summary>Dynamic allocations that the gate serves before the first one that takes from the static band.</summary>
    public int AllocationsUntilStaticBand => FreeIn(ServiceIPBand.Dynamic);

    /// <summary>Makes the plan of a block.</summary>
    /// <param name="cidr">The block.</param>
    /// <param name="services">Services of the cluster.</param>
    /// <returns>The plan.</returns>
    public static ServiceIPPlan Of(ServiceCidr cidr, IEnumerable<Service> services)
    {
        ArgumentNullException.ThrowIfNull(cidr);
        ArgumentNullException.ThrowIfNull(services);
        var range = new ServiceIPRange(cidr, new() { Profile = ClusterProfile.Default.With(ServiceIPRangeOptions.StaticSubrangeGate, true) });
        var placements = services.SelectMany(service => Held(service, range))
            .OrderBy(placement => placement.Address)
            .ThenBy(placement => placement.Service)
            .ToImmutableArray();
        var duplicates = placements.Where(placement => range.TryAllocate(placement.Address).Status == AllocationStatus.AlreadyAllocated);
        return new(range, placements, [.. duplicates]);
    }

    /// <summary>Number of usable addresses in a band, with the gate on.</summary>
    /// <param name="band">The band.</param>
    /// <returns>The number.</returns>
    public int SizeOf(ServiceIPBand band) => _range.SizeOf(band);

    /// <summary>Number of free addresses in a band, with the gate on.</summary>
    /// <param name="band">The band.</param>
    /// <returns>The number.</returns>
    public int FreeIn(ServiceIPBand band) => _range.FreeIn(band);

    /// <summary>Whether a Service holds the address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>True if one does.</returns>
    public bool IsHeld(ServiceIP address) => _range.Has(address);

    /// <summary>The probability that dynamic allocations, with no releases between them, take at least one of the given addresses.</summary>
    /// <param name="wanted">The addresses; those that are held already or not in the block do not count.</param>
    /// <param name="allocations">How many allocations, at least 0; once the block is full the rest fail and take nothing.</param>
    /// <param name="profile">Feature gates, of which ServiceIPStaticSubrange counts here.</param>
    /// <returns>The probability; NaN if 1.24 panics instead (<see cref="PanicsWithGate"/>).</returns>
    /// <remarks>Takes about |wanted| × allocations² steps.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The number of allocations is negative.</exception>
    public double HitProbability(IEnumerable<ServiceIP> wanted, int allocations, ClusterProfile profile)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentOutOfRangeException.ThrowIfNegative(allocations);
        ArgumentNullException.ThrowIfNull(profile);
        var isSplit = profile.IsEnabled(ServiceIPRangeOptions.StaticSubrangeGate);
        if (isSplit && PanicsWithGate && _range.Free > 0)
        {
            return double.NaN;
        }

        var offsets = wanted.Select(address => Cidr.TryGetOffset(address, out var offset) && !_range.Offsets.Has(offset) ? offset : -1)
            .Where(offset => offset >= 0)
            .ToImmutableSortedSet();
        var split = isSplit ? _split : 0;
        var inDynamic = Math.Min(allocations, _range.Offsets.CountFree(split, Cidr.UsableCount));
        var inStatic = Math.Min(allocations - inDynamic, _range.Offsets.CountFree(0, split));
        return 1 - (Spared(split, Cidr.UsableCount, inDynamic) * Spared(0, split, inStatic));

        double Spared(int start, int end, int draws) =>
            ScanOdds.AllSpared(_range.Offsets, start, end, [.. offsets.Where(offset => offset >= start && offset < end)], draws);
    }

    private static IEnumerable<ServiceIPPlacement> Held(Service service, ServiceIPRange range)
    {
        var texts = service.Spec.ClusterIPs.IsEmpty ? [service.Spec.ClusterIP] : service.Spec.ClusterIPs;
        foreach (var text in texts)
        {
            if (ServiceIP.TryParse(text, out var address) && address.Family == range.Cidr.Family)
            {
                yield return new(ObjectKey.Of(service), address, range.BandOf(address));
            }
        }
    }
}
