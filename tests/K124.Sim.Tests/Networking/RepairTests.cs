using K124.Sim.Model;
using K124.Sim.Networking;

namespace K124.Sim.Tests.Networking;

/// <summary>Repair passes over a cluster that changes between them, beside the specification over plain sets.</summary>
public class RepairTests
{
    private const int Size = 6;
    private const int FirstPort = 30000;
    private static readonly string[] Protocols = ["TCP", "UDP", ""];
    private static readonly ServiceCidr[] Cidrs = [ServiceCidr.Parse("10.0.0.0/29"), ServiceCidr.Parse("fd00::/125")];

    [FsCheck.Xunit.Property(MaxTest = 400)]
    public void Node_port_passes_agree_with_the_model(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var ports = new NodePortSpan(FirstPort, FirstPort + Size - 1);
        var store = new ContendedStore(ports.ToString());
        var repair = new NodePortRepair(new NodePortAllocator(ports, store, random));
        var model = new ReferenceRepair(1, Size);
        for (var pass = 0; pass < 8; pass++)
        {
            var services = Enumerable.Range(0, (int)random.Next(4)).Select(index => PortHolder($"s{index}", random)).ToArray();
            var claims = services.SelectMany(service => Ports(service).Select(port => (service.Metadata.Name, 0, port - FirstPort)));
            Play(random, [store], model, [.. claims], () => repair.RunOnce(services), "Port", "unable to persist");
            Assert.Equal(model.Counters(0).Select(entry => (entry.Key + FirstPort, entry.Value)), repair.LeakCounters.Select(entry => (entry.Key, entry.Value)));
        }
    }

    [FsCheck.Xunit.Property(MaxTest = 400)]
    public void Cluster_ip_passes_agree_with_the_model(int seed, bool isDualStack)
    {
        var random = new SeededRandom((ulong)seed);
        var pools = isDualStack ? 2 : 1;
        ContendedStore[] stores = [.. Cidrs.Take(pools).Select(cidr => new ContendedStore(cidr.ToString()))];
        ServiceIPAllocator[] allocators = [.. stores.Zip(Cidrs, (store, cidr) => new ServiceIPAllocator(cidr, store))];
        var repair = new ServiceIPRepair(allocators[0], isDualStack ? allocators[1] : null, random);
        var model = new ReferenceRepair(pools, Size);
        for (var pass = 0; pass < 8; pass++)
        {
            var services = Enumerable.Range(0, (int)random.Next(4)).Select(index => AddressHolder($"s{index}", random)).ToArray();
            var claims = services
                .Where(service => service.Spec.ClusterIP is not ("" or "None"))
                .SelectMany(service => service.Spec.ClusterIPs.Select(text => Claim(service.Metadata.Name, text, pools)));
            Play(random, stores, model, [.. claims], () => repair.RunOnce(services), "ClusterIP", "unable to persist");
            for (var pool = 0; pool < pools; pool++)
            {
                var cidr = Cidrs[pool];
                Assert.Equal(
                    model.Counters(pool).Select(entry => $"{cidr.AddressAt(entry.Key)} {entry.Value}").Order(StringComparer.Ordinal),
                    repair.LeakCounters(cidr.Family).Select(entry => $"{entry.Key} {entry.Value}").Order(StringComparer.Ordinal));
            }
        }
    }

    [FsCheck.Xunit.Property(MaxTest = 200)]
    public void Once_nothing_changes_three_passes_store_exactly_what_services_hold_and_a_fourth_finds_nothing_to_do(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var ports = new NodePortSpan(FirstPort, FirstPort + Size - 1);
        var store = new ContendedStore(ports.ToString());
        store.Put(RandomBits(random));
        var repair = new NodePortRepair(new NodePortAllocator(ports, store, random));
        var services = Enumerable.Range(0, (int)random.Next(4)).Select(index => PortHolder($"s{index}", random)).ToArray();
        for (var pass = 0; pass < 3; pass++)
        {
            Assert.Equal("", repair.RunOnce(services).Error);
        }

        Assert.Equal(services.SelectMany(Ports).Select(port => port - FirstPort).Where(offset => offset is >= 0 and < Size).ToHashSet(), store.Offsets);
        var version = store.Version;
        Assert.DoesNotContain(repair.RunOnce(services).Events, entry => entry.Reason == "PortNotAllocated");
        Assert.Equal(version, store.Version);
    }

    private static void Play(
        SeededRandom random,
        ContendedStore[] stores,
        ReferenceRepair model,
        (string, int, int)[] claims,
        Func<RepairResult> runOnce,
        string reasonPrefix,
        string persistError)
    {
        foreach (var store in stores.Where(_ => random.Next(3) == 0))
        {
            store.Put(RandomBits(random));
        }

        // With two families the order of writing is random, and so is which conflicts.
        var conflicts = stores.Length == 1 && random.Next(3) == 0 ? (int)random.Next(6) : 0;
        Array.ForEach(stores, store => store.StartPass(conflicts));
        SortedSet<int>[] before = [.. stores.Select(store => store.Offsets)];
        var events = new List<(string, string)>();
        var rebuilt = before;
        for (var attempt = 0; attempt <= Math.Min(conflicts, 3); attempt++)
        {
            rebuilt = model.Attempt(before, claims, events);
        }

        var result = runOnce();
        Assert.Equal(events.Select(entry => (entry.Item1, reasonPrefix + entry.Item2)), result.Events.Select(entry => (entry.Service.Name, entry.Reason)));
        Assert.Equal(conflicts > 3, result.Error.Contains("the provided resource version does not match", StringComparison.Ordinal));
        Assert.DoesNotContain(persistError, result.Error, StringComparison.Ordinal);
        Assert.Equal(conflicts > 3 ? before : rebuilt, stores.Select(store => store.Offsets));
    }

    private static byte[] RandomBits(SeededRandom random) => random.Next(1 << Size) is > 0 and var bits ? [(byte)bits] : [];

    private static Service PortHolder(string name, SeededRandom random) => new()
    {
        Metadata = new() { Name = name, Namespace = "ns" },
        Spec = new()
        {
            Ports = [.. Enumerable.Range(0, (int)random.Next(4)).Select(_ => new ServicePort
            {
                Protocol = Protocols[random.Next(Protocols.Length)],
                NodePort = random.Next(4) == 0 ? 0 : FirstPort - 1 + (int)random.Next(Size + 2),
            })],
            HealthCheckNodePort = random.Next(2) == 0 ? 0 : FirstPort + (int)random.Next(Size),
        },
    };

    // A number counts again only if the same protocol repeats it; the health check counts as TCP.
    private static IEnumerable<int> Ports(Service service)
    {
        var entries = service.Spec.Ports.Select(port => (port.NodePort, Protocol: port.Protocol.Length == 0 ? "TCP" : port.Protocol))
            .Append((NodePort: service.Spec.HealthCheckNodePort, Protocol: "TCP"))
            .Where(entry => entry.NodePort != 0)
            .ToArray();
        return entries.Where((entry, index) => entries.Take(index).All(other => other.NodePort != entry.NodePort) || entries.Take(index).Contains(entry))
            .Select(entry => entry.NodePort);
    }

    private static Service AddressHolder(string name, SeededRandom random)
    {
        string[] texts = ["10.0.0.1", "10.0.0.2", "10.0.0.6", "10.0.0.7", "10.0.1.1", "fd00::1", "fd00::2", "010.0.0.3", "bogus", "fd01::1"];
        string[] ips = [.. Enumerable.Range(0, 1 + (int)random.Next(2)).Select(_ => texts[random.Next(texts.Length)])];
        return new()
        {
            Metadata = new() { Name = name, Namespace = "ns" },
            Spec = random.Next(8) switch
            {
                0 => new() { ClusterIP = "None", ClusterIPs = ["None"] },
                1 => new() { Type = "ExternalName" },
                2 => new() { ClusterIP = ips[0] },
                _ => new() { ClusterIP = ips[0], ClusterIPs = [.. ips] },
            },
        };
    }

    private static (string, int, int) Claim(string service, string text, int pools)
    {
        if (!ServiceIP.TryParse(text, out var address))
        {
            return (service, -1, 0);
        }

        var pool = address.Family == IPFamily.IPv4 ? 0 : 1;
        return pool >= pools ? (service, -1, 0) : (service, pool, Cidrs[pool].TryGetOffset(address, out var offset) ? offset : -1);
    }

    /// <summary>A store in which another writer comes between the reading and the replacing of a pass.</summary>
    private sealed class ContendedStore(string range) : IRangeAllocationStore
    {
        private readonly RangeAllocationStore _inner = new(new() { Range = range });
        private int _conflictsLeft;
        private bool _isReplacing;

        public SortedSet<int> Offsets => [.. Enumerable.Range(0, 8).Where(bit => _inner.Current!.Data is [var data] && (data >> bit & 1) != 0)];

        public string Version => _inner.Current!.ResourceVersion;

        public void Put(byte[] data) => _inner.Put(new() { Range = range, Data = [.. data] });

        public void StartPass(int conflicts)
        {
            _conflictsLeft = conflicts;
            _isReplacing = false;
        }

        public StoreReply Read()
        {
            if (_isReplacing && _conflictsLeft-- > 0)
            {
                _inner.Put(_inner.Current!);
            }

            _isReplacing = !_isReplacing;
            return _inner.Read();
        }

        public StoreReply TryWrite(string expectedVersion, RangeAllocation desired) => _inner.TryWrite(expectedVersion, desired);
    }
}
