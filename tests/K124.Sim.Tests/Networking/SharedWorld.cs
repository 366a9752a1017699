using K124.Sim.Model;
using K124.Sim.Networking;
using K124.Sim.Networking.Internal;

namespace K124.Sim.Tests.Networking;

/// <summary>API servers, their clients and repair loops over one store; whoever is due next is chosen from outside.</summary>
/// <remarks>A Service exists from the moment its allocation succeeded until just before its release begins, as in 1.24.</remarks>
internal sealed class SharedWorld
{
    private readonly ServiceCidr _cidr;
    private readonly FaultyStore _store;
    private readonly List<ServiceIPAllocator> _servers = [];
    private readonly List<IEnumerator<int>> _actors = [];
    private readonly Dictionary<ServiceIP, string> _services = [];
    private readonly List<string> _log = [];
    private readonly ulong _seed;
    private int _faultsLeft;
    private Func<int, int> _choose = _ => 0;

    public SharedWorld(string cidr, int servers, ulong seed, bool withFaults)
    {
        _cidr = ServiceCidr.Parse(cidr);
        _seed = seed;
        _store = new(new(new() { Range = cidr }));
        _faultsLeft = withFaults ? 1 : 0;
        for (var i = 0; i < servers; i++)
        {
            _servers.Add(NewServer(i));
        }
    }

    public void AddClient(int server, int operations, bool releases) => _actors.Add(Client(server, operations, releases).GetEnumerator());

    public void AddRepair(int server) => _actors.Add(
        new ServiceIPRepair(_servers[server]).Steps(ListServices, new RepairJournal()).GetEnumerator());

    public void RunToEnd(Func<int, int> choose)
    {
        _choose = choose;
        while (_actors.Count > 0)
        {
            var index = _actors.Count == 1 ? 0 : choose(_actors.Count);
            if (!_actors[index].MoveNext())
            {
                _actors.RemoveAt(index);
            }
        }
    }

    /// <summary>After the dust has settled three passes make the stored bits those of the Services.</summary>
    public void AssertRepairable()
    {
        var server = NewServer(99);
        var repair = new ServiceIPRepair(server);
        for (var pass = 0; pass < 3; pass++)
        {
            var result = repair.RunOnce(ListServices());
            Assert.Equal("", result.Error);
            Assert.DoesNotContain(result.Events, entry => entry.Reason == "ClusterIPAlreadyAllocated");
            Assert.True(pass == 0 || result.Events.IsEmpty);
        }

        ServiceIPRange.TryFromSnapshot(_store.Current, out var stored);
        Assert.Equal(_services.Keys.Order(), stored!.Allocated().Select(address => address!.Value));
    }

    private IEnumerable<Service> ListServices() => [.. _services
        .OrderBy(entry => entry.Value, StringComparer.Ordinal)
        .Select(entry => new Service
        {
            Metadata = new() { Name = entry.Value, Namespace = "ns" },
            Spec = new() { ClusterIP = entry.Key.ToString(), ClusterIPs = [entry.Key.ToString()] },
        })];

    private ServiceIPAllocator NewServer(int index) => new(_cidr, _store, new() { Seed = _seed + (ulong)index });

    // Clients alternate between any address, the first address, and (if they may) giving one back.
    private IEnumerable<int> Client(int server, int operations, bool releases)
    {
        var mine = new List<ServiceIP>();
        for (var i = 0; i < operations; i++)
        {
            if (releases && mine.Count > 0 && i % 2 == 1)
            {
                var address = mine[0];
                mine.RemoveAt(0);
                _services.Remove(address);
                foreach (var step in Run(server, allocator => allocator.BeginRelease(address), _ => AssertFree(address)))
                {
                    yield return step;
                }
            }
            else if (i % 3 == 2)
            {
                var address = _cidr.AddressAt(0);
                foreach (var step in Run(server, allocator => allocator.BeginAllocate(address).Operation, _ => Hold(address, server, i, mine)))
                {
                    yield return step;
                }
            }
            else
            {
                var offset = -1;
                foreach (var step in Run(
                    server,
                    allocator => allocator.BeginAllocateNext(drawn => offset = drawn),
                    _ => Hold(_cidr.AddressAt(offset), server, i, mine)))
                {
                    yield return step;
                }
            }
        }
    }

    private IEnumerable<int> Run(int server, Func<ServiceIPAllocator, StoreOperation?> begin, Action<int> succeeded)
    {
        // The per-process lock of 1.24: operations of one server do not overlap, and each client here has its own server.
        var operation = begin(_servers[server])!;
        while (!operation.IsDone)
        {
            var fault = _faultsLeft > 0 ? (Fault)_choose(4) : Fault.None;
            if (fault != Fault.None)
            {
                _faultsLeft--;
            }

            if (fault == Fault.Crash)
            {
                _log.Add($"{server} crashes");
                _servers[server] = NewServer(server + 10);
                yield break;
            }

            _store.Next = fault;
            operation.Advance();
            _store.Next = Fault.None;
            if (!operation.IsDone)
            {
                yield return 0;
            }
        }

        if (operation.Status == AllocationStatus.Done)
        {
            succeeded(server);
        }

        yield return 0;
    }

    private void Hold(ServiceIP address, int server, int operation, List<ServiceIP> mine)
    {
        _log.Add($"{server} holds {address}");
        Assert.True(_services.TryAdd(address, $"s{server}-{operation}"), $"{address} was handed out twice: {string.Join(", ", _log)}");
        mine.Add(address);
    }

    private void AssertFree(ServiceIP address)
    {
        ServiceIPRange.TryFromSnapshot(_store.Current, out var stored);
        Assert.False(stored!.Has(address), $"the release of {address} got lost");
    }

    private enum Fault
    {
        None,
        Crash,
        LostReply,
        LostRequest,
    }

    private sealed class FaultyStore(RangeAllocationStore inner) : IRangeAllocationStore
    {
        public Fault Next { get; set; }

        public RangeAllocation Current => inner.Current!;

        public StoreReply Read() => Next == Fault.None ? inner.Read() : new(StoreStatus.Failed, null, "no answer");

        public StoreReply TryWrite(string expectedVersion, RangeAllocation desired)
        {
            if (Next == Fault.LostRequest)
            {
                return new(StoreStatus.Failed, null, "no answer");
            }

            var reply = inner.TryWrite(expectedVersion, desired);
            return Next == Fault.LostReply ? new(StoreStatus.Failed, null, "no answer") : reply;
        }
    }
}
