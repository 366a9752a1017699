using K124.Sim.Model;
using K124.Sim.Networking;
using K124.Sim.Platform;

namespace K124.Sim.Tests.Networking;

public class ServiceIPPlanTests
{
    [FsCheck.Xunit.Property(MaxTest = 150)]
    public void Odds_equal_the_count_of_all_draw_sequences(uint seed)
    {
        var random = new SeededRandom(seed);
        var cidr = ServiceCidr.Parse("10.0.0.0/29");
        var services = Enumerable.Range(0, 6).Where(_ => random.Next(3) == 0).Select(offset => Holder(cidr.AddressAt(offset))).ToArray();
        var wanted = Enumerable.Range(0, 6).Where(_ => random.Next(3) == 0).Select(cidr.AddressAt).ToArray();
        var draws = 1 + (int)random.Next(4);
        var plan = ServiceIPPlan.Of(cidr, services);
        var (hits, runs) = (0, 0);
        for (var code = 0; code < Math.Pow(6, draws); code++)
        {
            var range = new ServiceIPRange(cidr, new() { Random = new Digits(code) });
            foreach (var service in services)
            {
                range.TryAllocate(ServiceIP.Parse(service.Spec.ClusterIP));
            }

            var free = wanted.Where(address => !range.Has(address)).ToArray();
            for (var i = 0; i < draws; i++)
            {
                range.TryAllocateNext();
            }

            hits += free.Any(range.Has) ? 1 : 0;
            runs++;
        }

        Assert.Equal((double)hits / runs, plan.HitProbability(wanted, draws, ClusterProfile.Default), 9);
    }

    [Theory]
    [InlineData("10.96.0.0/24", 60, 40, false)]
    [InlineData("10.96.0.0/24", 60, 40, true)]
    [InlineData("10.96.0.0/26", 20, 30, true)]
    public void Odds_agree_with_simulation(string text, int held, int draws, bool gate)
    {
        var cidr = ServiceCidr.Parse(text);
        var filler = new ServiceIPRange(cidr, new() { Profile = new() { Seed = 5 } });
        var services = Enumerable.Range(0, held).Select(_ => Holder(filler.TryAllocateNext().Address!.Value)).ToArray();
        ServiceIP[] wanted = [cidr.AddressAt(9), cidr.AddressAt(40), cidr.AddressAt(49)];
        var plan = ServiceIPPlan.Of(cidr, services);
        var snapshot = filler.Snapshot();
        var free = wanted.Where(address => !filler.Has(address)).ToArray();
        const int Runs = 20_000;
        var hits = 0;
        var random = new SeededRandom(17);
        for (var run = 0; run < Runs; run++)
        {
            ServiceIPRange.TryFromSnapshot(snapshot, out var range, new() { Profile = ClusterProfile.Default.With("ServiceIPStaticSubrange", gate), Random = random });
            for (var i = 0; i < draws; i++)
            {
                range!.TryAllocateNext();
            }

            hits += free.Any(range!.Has) ? 1 : 0;
        }

        var expected = plan.HitProbability(wanted, draws, ClusterProfile.Default.With("ServiceIPStaticSubrange", gate));
        Assert.InRange((double)hits / Runs, expected - 0.02, expected + 0.02);
    }

    [Fact]
    public void The_dns_address_is_at_risk_only_without_the_gate()
    {
        var cidr = ServiceCidr.Parse("10.96.0.0/16");
        var plan = ServiceIPPlan.Of(cidr, [Holder(cidr.AddressAt(0))]);
        ServiceIP[] dns = [ServiceIP.Parse("10.96.0.10")];
        Assert.Equal(1000.0 / 65533, plan.HitProbability(dns, 1000, ClusterProfile.Default), 4);
        Assert.Equal(0, plan.HitProbability(dns, plan.AllocationsUntilStaticBand, ClusterProfile.Default.With("ServiceIPStaticSubrange", true)));
        Assert.True(plan.HitProbability(dns, plan.AllocationsUntilStaticBand + 100, ClusterProfile.Default.With("ServiceIPStaticSubrange", true)) > 0.3);
        Assert.Equal(1, plan.HitProbability(dns, cidr.UsableCount, ClusterProfile.Default.With("ServiceIPStaticSubrange", true)), 12);
    }

    [Fact]
    public void Bands_duplicates_and_strangers_are_told_apart()
    {
        var cidr = ServiceCidr.Parse("10.96.0.0/24");
        var plan = ServiceIPPlan.Of(cidr, [
            Holder(ServiceIP.Parse("10.96.0.10"), "dns"), Holder(ServiceIP.Parse("10.96.0.77"), "a"), Holder(ServiceIP.Parse("10.96.0.77"), "b"),
            Holder(ServiceIP.Parse("10.97.0.1"), "stranger"), Holder(ServiceIP.Parse("fd00::1"), "six"),
            new() { Metadata = new() { Name = "headless" }, Spec = new() { ClusterIP = "None", ClusterIPs = ["None"] } }]);
        Assert.Equal(
            ["dns Static", "a Dynamic", "b Dynamic", "stranger "],
            plan.Placements.Select(placement => $"{placement.Service} {placement.Band}"));
        Assert.Equal("b", Assert.Single(plan.Duplicates).Service.Name);
        Assert.Equal((16, 238, 15, 237), (plan.SizeOf(ServiceIPBand.Static), plan.SizeOf(ServiceIPBand.Dynamic), plan.FreeIn(ServiceIPBand.Static), plan.FreeIn(ServiceIPBand.Dynamic)));
    }

    private static Service Holder(ServiceIP address, string? name = null) => new()
    {
        Metadata = new() { Name = name ?? $"s-{address}" },
        Spec = new() { ClusterIP = address.ToString(), ClusterIPs = [address.ToString()] },
    };

    private sealed class Digits(int code) : IRandomSource
    {
        private int _code = code;

        public long Next(long exclusiveMax)
        {
            var digit = _code % 6;
            _code /= 6;
            return digit;
        }
    }
}
