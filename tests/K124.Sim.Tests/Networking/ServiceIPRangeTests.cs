using System.Diagnostics.Metrics;
using K124.Sim.Networking;
using K124.Sim.Platform;

namespace K124.Sim.Tests.Networking;

public class ServiceIPRangeTests
{
    private static readonly ServiceIPRangeOptions GateOn = new() { Profile = ClusterProfile.Default.With("ServiceIPStaticSubrange", true) };

    [Theory]
    [InlineData("10.0.0.0/28")]
    [InlineData("fd00::/124")]
    public void A_block_of_16_panics_as_a_value_and_keeps_its_state(string cidr)
    {
        var range = new ServiceIPRange(cidr, GateOn);
        var result = range.TryAllocateNext();
        Assert.Equal((AllocationStatus.Panic, "invalid argument to Intn"), (result.Status, result.Message));
        Assert.Equal(0, range.Used);
        for (var offset = 0; offset < range.Cidr.UsableCount; offset++)
        {
            Assert.True(range.TryAllocate(range.Cidr.AddressAt(offset)).Succeeded);
        }

        Assert.Equal(AllocationStatus.Full, range.TryAllocateNext().Status);
    }

    [Fact]
    public void Release_1_24_0_hands_out_duplicates_and_later_ones_do_not()
    {
        ServiceIPRange Filled(int patch)
        {
            var range = new ServiceIPRange("10.0.0.0/27", GateOn with { Profile = GateOn.Profile with { Release = KubernetesRelease.OfPatch(patch), Seed = 4 } });
            range.TryAllocate(ServiceIP.Parse("10.0.0.1"));
            for (var i = 0; i < range.SizeOf(ServiceIPBand.Dynamic); i++)
            {
                Assert.Equal(ServiceIPBand.Dynamic, range.BandOf(range.TryAllocateNext().Address!.Value));
            }

            return range;
        }

        Assert.Equal("10.0.0.1", Filled(0).TryAllocateNext().Address!.Value.ToString());
        var correct = Filled(1).TryAllocateNext().Address!.Value;
        Assert.NotEqual("10.0.0.1", correct.ToString());
        Assert.Equal(ServiceIPBand.Static, Filled(1).BandOf(correct));
    }

    [Theory]
    [InlineData("10.0.0.0/24", 0.5)]
    [InlineData("10.0.0.0/22", 0.99)]
    [InlineData("fd00::/120", 0.9)]
    public void Every_start_leads_to_the_first_free_address_after_it(string cidr, double fill)
    {
        var filler = new ServiceIPRange(cidr, GateOn with { Profile = GateOn.Profile with { Seed = 7 } });
        while (filler.Used < fill * filler.Cidr.UsableCount)
        {
            filler.TryAllocateNext();
        }

        var snapshot = filler.Snapshot();
        var upper = filler.SizeOf(ServiceIPBand.Dynamic);
        for (var start = 0; start < upper; start++)
        {
            var draws = new FixedDraws(start, 3);
            ServiceIPRange.TryFromSnapshot(snapshot, out var range, GateOn with { Random = draws });
            var reference = new ReferenceRange(range!.Cidr.UsableCount, range.StaticBandSize, false);
            reference.Restore([.. snapshot.Data]);
            var (status, offset) = reference.AllocateNext(new FixedDraws(start, 3));
            var result = range.TryAllocateNext();
            Assert.Equal(status, result.Status);
            Assert.Equal(range.Cidr.AddressAt((int)offset), result.Address);
        }
    }

    [Fact]
    public void Seeded_draws_follow_the_scan_rule_by_the_chi_square_test()
    {
        // Free: offsets 1, 5 and 20 of 30; the gaps before them are 11, 4 and 15 wide, so are their shares of 30.
        var weights = new Dictionary<int, double> { [1] = 11, [5] = 4, [20] = 15 };
        var range = new ServiceIPRange("10.0.0.0/27", new() { Profile = new() { Seed = 11 } });
        for (var offset = 0; offset < 30; offset++)
        {
            if (!weights.ContainsKey(offset))
            {
                range.TryAllocate(range.Cidr.AddressAt(offset));
            }
        }

        const int Draws = 30000;
        var counts = weights.Keys.ToDictionary(offset => offset, _ => 0);
        for (var i = 0; i < Draws; i++)
        {
            var address = range.TryAllocateNext().Address!.Value;
            range.Cidr.TryGetOffset(address, out var offset);
            counts[offset]++;
            range.Release(address);
        }

        var chiSquare = weights.Sum(entry => Math.Pow(counts[entry.Key] - (Draws * entry.Value / 30), 2) / (Draws * entry.Value / 30));
        Assert.True(chiSquare < 13.8, $"chi-square {chiSquare} exceeds the 0.1 % point of 2 degrees of freedom");
    }

    [Fact]
    public void A_large_block_takes_one_bit_an_address_and_at_most_5_percent_more()
    {
        var range = new ServiceIPRange("10.0.0.0/12");
        Assert.InRange(range.Offsets.SizeBytes * 8.0 / range.Cidr.UsableCount, 1, 1.05);
    }

    [Fact]
    public void Allocating_and_releasing_allocate_no_memory()
    {
        var range = new ServiceIPRange("10.0.0.0/16", GateOn);
        range.Release(range.TryAllocateNext().Address!.Value);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            range.Release(range.TryAllocateNext().Address!.Value);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Metrics_are_published_under_the_names_of_1_24()
    {
        using var metrics = new ServiceIPMetrics();
        var seen = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => self.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var names = string.Join(",", tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
            if (names.Contains("10.9.0.0/24", StringComparison.Ordinal))
            {
                seen[$"{instrument.Name}{{{names}}}"] = value;
            }
        });
        listener.Start();
        var range = new ServiceIPRange("10.9.0.0/24", new() { Metrics = metrics });
        listener.RecordObservableInstruments();
        Assert.Empty(seen);
        range.TryAllocateNext();
        range.TryAllocate(ServiceIP.Parse("10.9.1.0"));
        listener.RecordObservableInstruments();
        Assert.Equal(
            [
                "kube_apiserver_clusterip_allocator_allocated_ips{cidr=10.9.0.0/24}=1",
                "kube_apiserver_clusterip_allocator_allocation_errors_total{cidr=10.9.0.0/24,scope=static}=1",
                "kube_apiserver_clusterip_allocator_allocation_total{cidr=10.9.0.0/24,scope=dynamic}=1",
                "kube_apiserver_clusterip_allocator_available_ips{cidr=10.9.0.0/24}=253",
            ],
            seen.Select(entry => $"{entry.Key}={entry.Value}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.99999999999999999999")]
    [InlineData("-1.2.3.4")]
    [InlineData("1.2.3.4 ")]
    [InlineData("１.2.3.4")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7::8")]
    [InlineData("12345::")]
    [InlineData("fe80::1%eth0")]
    [InlineData("::1.2.3")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("fd00:")]
    public void Text_that_is_no_address_is_refused(string text) => Assert.False(ServiceIP.TryParse(text, out _));

    [Theory]
    [InlineData("010.000.000.001", "10.0.0.1")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1")]
    [InlineData("::ffff:a00:1", "10.0.0.1")]
    [InlineData("FD00:0:0:0:0:0:0:A", "fd00::a")]
    [InlineData("::", "::")]
    [InlineData("1:0:0:2:0:0:0:3", "1:0:0:2::3")]
    [InlineData("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7")]
    [InlineData("::1.2.3.4", "::102:304")]
    public void Addresses_are_printed_canonically(string text, string canonical) => Assert.Equal(canonical, ServiceIP.Parse(text).ToString());

    [FsCheck.Xunit.Property(MaxTest = 500)]
    public bool Every_address_survives_its_text(ulong high, ulong low, byte shape)
    {
        var value = (shape % 4) switch { 0 => new UInt128(0, low), 1 => new UInt128(high, 0), 2 => new UInt128(high & 0xFFFF0000FFFF, low & 0xFFFF0000), _ => new UInt128(high, low) };
        var address = ServiceIP.OfIPv6(value);
        return ServiceIP.Parse(address.ToString()) == address && ServiceIP.From(address.ToIPAddress()) == address;
    }

    private sealed class FixedDraws(params long[] draws) : IRandomSource
    {
        private int _next;

        public long Next(long exclusiveMax) => draws[_next++];
    }
}
