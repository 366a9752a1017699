using K124.Sim.Model;
using K124.Sim.Networking;

namespace K124.Sim.Tests.Networking;

/// <summary>Several API servers, repair loops and faults over one stored object, at the granularity of store accesses.</summary>
public class SharedAllocationTests
{
    [Theory]
    [InlineData("10.0.0.0/30", 2, 2, false)]
    [InlineData("10.0.0.0/29", 2, 3, false)]
    [InlineData("10.0.0.0/30", 3, 1, false)]
    [InlineData("10.0.0.0/30", 2, 1, true)]
    public void No_interleaving_of_a_small_configuration_hands_out_an_address_twice(string cidr, int servers, int operations, bool withRepair)
    {
        var runs = Exploration.Every(choose =>
        {
            var world = new SharedWorld(cidr, servers, seed: 1, withFaults: false);
            for (var server = 0; server < servers; server++)
            {
                world.AddClient(server, operations, releases: server == 0);
            }

            if (withRepair)
            {
                world.AddRepair(0);
            }

            world.RunToEnd(choose);
            world.AssertRepairable();
        });
        Assert.True(runs >= 50, $"only {runs} interleavings");
    }

    [Theory]
    [InlineData("10.0.0.0/30", 2, 1)]
    [InlineData("10.0.0.0/29", 2, 2)]
    public void No_crash_lost_reply_or_failed_write_hands_out_an_address_twice(string cidr, int servers, int operations)
    {
        var runs = Exploration.Every(choose =>
        {
            var world = new SharedWorld(cidr, servers, seed: 1, withFaults: true);
            for (var server = 0; server < servers; server++)
            {
                world.AddClient(server, operations, releases: true);
            }

            world.RunToEnd(choose);
            world.AssertRepairable();
        });
        Assert.True(runs >= 100, $"only {runs} histories");
    }

    [FsCheck.Xunit.Property(MaxTest = 400)]
    public void Random_interleavings_with_faults_and_repair_loops_keep_addresses_apart(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var servers = 2 + (int)random.Next(3);
        string[] cidrs = ["10.0.0.0/30", "10.0.0.0/29", "10.0.0.0/27", "fd00::/125"];
        var world = new SharedWorld(cidrs[random.Next(cidrs.Length)], servers, (ulong)seed, withFaults: random.Next(2) == 1);
        for (var server = 0; server < servers; server++)
        {
            world.AddClient(server, operations: 2 + (int)random.Next(8), releases: true);
            world.AddRepair(server);
        }

        world.RunToEnd(count => (int)random.Next(count));
        world.AssertRepairable();
    }

    [Fact]
    public void A_lost_write_leaks_the_address_until_the_third_repair_pass()
    {
        var store = new FlakyStore();
        store.Put(new() { Range = "10.0.0.0/29" });
        var server = new ServiceIPAllocator(ServiceCidr.Parse("10.0.0.0/29"), store);
        store.FailNextWrite = true;
        Assert.Equal(AllocationStatus.StoreFailure, server.TryAllocate(ServiceIP.Parse("10.0.0.3")).Status);
        Assert.True(server.TryAllocate(ServiceIP.Parse("10.0.0.1")).Succeeded);
        Assert.Equal([0b101], store.Current!.Data.AsSpan().ToArray());

        var repair = new ServiceIPRepair(server);
        Service[] services = [new() { Metadata = new() { Name = "a" }, Spec = new() { ClusterIP = "10.0.0.1", ClusterIPs = ["10.0.0.1"] } }];
        repair.RunOnce(services);
        repair.RunOnce(services);
        Assert.Equal([0b101], store.Current!.Data.AsSpan().ToArray());
        repair.RunOnce(services);
        Assert.Equal([0b001], store.Current!.Data.AsSpan().ToArray());
    }

    [Fact]
    public void A_view_stays_stale_until_the_next_operation()
    {
        var store = new RangeAllocationStore(new() { Range = "10.0.0.0/29" });
        var cidr = ServiceCidr.Parse("10.0.0.0/29");
        var (first, second) = (new ServiceIPAllocator(cidr, store), new ServiceIPAllocator(cidr, store));
        var address = ServiceIP.Parse("10.0.0.2");
        Assert.True(first.TryAllocate(address).Succeeded);
        Assert.False(second.Has(address));
        Assert.Equal(AllocationStatus.AlreadyAllocated, second.TryAllocate(address).Status);
        Assert.True(second.Has(address));
    }

    [Fact]
    public void A_read_that_fails_fails_the_operation_and_the_repair_pass()
    {
        var store = new FlakyStore { FailReads = true };
        var server = new ServiceIPAllocator(ServiceCidr.Parse("10.0.0.0/29"), store);
        var result = server.TryAllocateNext();
        Assert.Equal((AllocationStatus.StoreFailure, "etcd is down"), (result.Status, result.Message));
        Assert.Equal("unable to refresh the service IP block: etcd is down", new ServiceIPRepair(server).RunOnce([]).Error);
    }

    private sealed class FlakyStore : IRangeAllocationStore
    {
        private readonly RangeAllocationStore _inner = new();

        public bool FailNextWrite { get; set; }

        public bool FailReads { get; set; }

        public RangeAllocation? Current => _inner.Current;

        public void Put(RangeAllocation allocation) => _inner.Put(allocation);

        public StoreReply Read() => FailReads ? new(StoreStatus.Failed, null, "etcd is down") : _inner.Read();

        public StoreReply TryWrite(string expectedVersion, RangeAllocation desired)
        {
            if (FailNextWrite)
            {
                FailNextWrite = false;
                return new(StoreStatus.Failed, null, "etcd is down");
            }

            return _inner.TryWrite(expectedVersion, desired);
        }
    }
}
