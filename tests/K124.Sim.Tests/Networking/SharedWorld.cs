using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Networking;

namespace K124.Sim.Tests.Networking;

/// <summary>API servers, a client of each, and repair loops over one store; every access to the store is a step, and whatever
/// is open (whose turn it is, what fails, what is drawn) is chosen from outside.</summary>
/// <remarks>As in 1.24 a Service is there some time after its address was allocated, and gone before the release begins.</remarks>
internal sealed partial class SharedWorld
{
    private readonly ServiceCidr _cidr;
    private readonly RangeAllocationStore _store;
    private readonly List<Server> _servers = [];
    private readonly List<RepairPass> _repairs = [];
    private readonly SortedDictionary<ServiceIP, string> _services = [];
    private readonly SortedDictionary<ServiceIP, string> _owners = [];
    private readonly List<string> _log = [];
    private readonly Exploration.Choose _choose;
    private readonly int _starts;
    private int _faultsLeft;

    /// <param name="cidr">The block.</param>
    /// <param name="faults">How many faults there may be.</param>
    /// <param name="starts">How many of the offsets that a draw may start at are tried, spread evenly.</param>
    /// <param name="choose">Makes the choices.</param>
    public SharedWorld(string cidr, int faults, int starts, Exploration.Choose choose)
    {
        _cidr = ServiceCidr.Parse(cidr);
        _store = new(new() { Range = _cidr.ToString() });
        _faultsLeft = faults;
        _starts = starts;
        _choose = choose;
    }

    private enum Fault
    {
        None,
        Crash,
        LostRequest,
        LostReply,
    }

    private string History => string.Join("; ", _log);

    /// <summary>Whether a repair pass is about to free an address that no Service holds, but whose allocation or release is under
    /// way. 1.24 can then hand it out twice; see the tests of that.</summary>
    public bool IsAtRisk { get; private set; }

    /// <param name="operations">What the client does: <c>N</c> asks for any address, <c>F</c> for the first one, <c>R</c> gives its
    /// oldest one back.</param>
    public void AddServer(string operations) => _servers.Add(new(this, _servers.Count, operations));

    public void AddRepair(int server) => _repairs.Add(new(this, _servers[server]));

    /// <returns>False if the run was left before its end: at a known state, or because an address is at risk.</returns>
    public bool RunToEnd(Exploration.GoesOn goesOn)
    {
        while (!IsAtRisk)
        {
            Action[] due = [.. _servers.Where(CanStep).Select(server => (Action)server.Step),
                .. _repairs.Where(repair => repair.CanStep).Select(repair => (Action)repair.Step)];
            if (!goesOn(Describe()))
            {
                return false;
            }

            if (due.Length == 0)
            {
                return true;
            }

            due[due.Length == 1 ? 0 : _choose(due.Length)]();
            AssertHeldAddressesAreStored();
        }

        return false;
    }

    /// <summary>After the dust has settled three passes make the stored bits those of the Services.</summary>
    public void AssertRepairable()
    {
        var repair = new ServiceIPRepair(new ServiceIPAllocator(_cidr, _store));
        for (var pass = 0; pass < 3; pass++)
        {
            var result = repair.RunOnce(ListServices());
            Assert.Equal("", result.Error);
            Assert.Empty(result.Events);
        }

        ServiceIPRange.TryFromSnapshot(_store.Current!, out var stored);
        Assert.Equal(_services.Keys, stored!.Allocated().Select(address => address!.Value));
    }

    private void AssertHeldAddressesAreStored()
    {
        ServiceIPRange.TryFromSnapshot(_store.Current!, out var stored);
        Assert.All(_owners.Keys, address => Assert.True(IsAtRisk || stored!.Has(address), $"{address} got lost: {History}"));
    }

    // The per-process lock of 1.24: a server has one operation on the stored object under way, be it its client's or its repair loop's.
    private bool CanStep(Server server) => !server.IsDone && !_repairs.Exists(repair => repair.Server == server && repair.HoldsLock);

    private void Log(string what) => _log.Add($"{what} [{Bits(_store.Current!)}]");

    private Fault ChooseFault(Fault worst)
    {
        var fault = _faultsLeft > 0 ? (Fault)_choose((int)worst + 1) : Fault.None;
        _faultsLeft -= fault == Fault.None ? 0 : 1;
        return fault;
    }

    private IEnumerable<Service> ListServices() => [.. _services
        .Select(entry => new Service
        {
            Metadata = new() { Name = entry.Value, Namespace = "ns" },
            Spec = new() { ClusterIP = entry.Key.ToString(), ClusterIPs = [entry.Key.ToString()] },
        })];

    /// <summary>Everything that the future depends on. Servers are alike, so their order does not count; of versions it counts
    /// only whether they are the current one.</summary>
    private string Describe()
    {
        var servers = _servers.Select(server => server.Describe() + string.Concat(_repairs.Where(repair => repair.Server == server).Select(repair => repair.Describe())));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_faultsLeft}|{Bits(_store.Current!)}|{string.Join(' ', _services.Keys.Select(Short))}|{string.Join('/', servers.Order(StringComparer.Ordinal))}");
    }

    private string Short(ServiceIP address)
    {
        _cidr.TryGetOffset(address, out var offset);
        return offset.ToString(CultureInfo.InvariantCulture);
    }

    private bool IsCurrent(string? version) => version == _store.Current!.ResourceVersion;

    private static string Bits(RangeAllocation allocation) => Convert.ToHexString(allocation.Data.AsSpan());

    /// <summary>The store as one server sees it: the network may fail.</summary>
    private sealed class Connection(RangeAllocationStore inner) : IRangeAllocationStore
    {
        public Fault Next { get; set; }

        public StoreReply Read() => Next == Fault.None ? inner.Read() : new(StoreStatus.Failed, null, "no answer");

        public StoreReply TryWrite(string expectedVersion, RangeAllocation desired)
        {
            var reply = Next == Fault.LostRequest ? default : inner.TryWrite(expectedVersion, desired);
            return Next == Fault.None ? reply : new(StoreStatus.Failed, null, "no answer");
        }
    }

    private sealed class ChosenDraws(SharedWorld world) : IRandomSource
    {
        public long Next(long exclusiveMax)
        {
            var starts = Math.Min(world._starts, (int)exclusiveMax);
            return world._choose(starts) * exclusiveMax / starts;
        }
    }
}
