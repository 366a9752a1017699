using FsCheck.Xunit;
using K124.Sim.Networking;
using K124.Sim.Platform;

namespace K124.Sim.Tests.Networking;

public class ServiceIPRangeProperties
{
    [Property(Arbitrary = [typeof(RangeArbitraries)], MaxTest = 1500)]
    public void Every_history_agrees_with_the_reference(RangeHistory history)
    {
        var run = new SideBySide(history);
        foreach (var command in history.Commands)
        {
            run.Play(command);
            run.AssertAgree();
        }
    }

    [Property(Arbitrary = [typeof(RangeArbitraries)], MaxTest = 500)]
    public void No_address_is_handed_out_twice_without_a_release(RangeHistory history)
    {
        var range = new ServiceIPRange(history.Cidr, new() { Profile = ClusterProfile.Default.With("ServiceIPStaticSubrange", history.Gate) with { Seed = history.Seed } });
        var held = new HashSet<ServiceIP>();
        foreach (var command in history.Commands)
        {
            switch (command)
            {
                case RangeCommand.Allocate(var offset) when offset >= 0 && offset < range.Cidr.UsableCount:
                    var asked = range.TryAllocate(range.Cidr.AddressAt(offset));
                    Assert.Equal(held.Add(asked.Address!.Value), asked.Succeeded);
                    break;
                case RangeCommand.AllocateNext or RangeCommand.Fill:
                    var freeDynamic = range.FreeIn(ServiceIPBand.Dynamic);
                    var drawn = range.TryAllocateNext();
                    if (drawn.Succeeded)
                    {
                        Assert.True(held.Add(drawn.Address!.Value), $"{drawn.Address} twice");
                        Assert.Equal(freeDynamic > 0 ? ServiceIPBand.Dynamic : ServiceIPBand.Static, range.BandOf(drawn.Address!.Value));
                    }
                    else if (drawn.Status == AllocationStatus.Full)
                    {
                        Assert.Equal(range.Cidr.UsableCount, held.Count);
                    }

                    break;
                case RangeCommand.Release(var offset) when offset >= 0 && offset < range.Cidr.UsableCount:
                    range.Release(range.Cidr.AddressAt(offset));
                    held.Remove(range.Cidr.AddressAt(offset));
                    break;
            }

            Assert.Equal(held.Count, range.Used);
            Assert.Equal(held.Count, range.UsedIn(ServiceIPBand.Static) + range.UsedIn(ServiceIPBand.Dynamic));
        }
    }

    [Property(Arbitrary = [typeof(RangeArbitraries)], MaxTest = 300)]
    public void Snapshot_restore_and_allocate_commute(RangeHistory history)
    {
        var options = new ServiceIPRangeOptions { Profile = ClusterProfile.Default.With("ServiceIPStaticSubrange", history.Gate) with { Seed = history.Seed } };
        var original = new ServiceIPRange(history.Cidr, options);
        Apply(original, history.Commands);
        ServiceIPRange.TryFromSnapshot(original.Snapshot(), out var copy, options with { Profile = options.Profile with { Seed = history.Seed + 1 } });
        foreach (var address in original.Allocated().OfType<ServiceIP>().Take(3).ToArray())
        {
            Assert.False(copy!.TryAllocate(address).Succeeded);
            original.Release(address);
            copy.Release(address);
        }

        Assert.Equal(original.Snapshot(), copy!.Snapshot());
        Assert.Equal(original.Used, copy.Used);
    }

    [Property(Arbitrary = [typeof(RangeArbitraries)], MaxTest = 200)]
    public void One_seed_gives_one_history(RangeHistory history)
    {
        ServiceIPRange Run()
        {
            var range = new ServiceIPRange(history.Cidr, new() { Profile = ClusterProfile.Default.With("ServiceIPStaticSubrange", history.Gate) with { Seed = history.Seed } });
            Apply(range, history.Commands);
            return range;
        }

        Assert.Equal(Run().Snapshot(), Run().Snapshot());
    }

    private static void Apply(ServiceIPRange range, RangeCommand[] commands)
    {
        foreach (var command in commands)
        {
            switch (command)
            {
                case RangeCommand.Allocate(var offset) when offset >= 0 && offset < range.Cidr.UsableCount:
                    range.TryAllocate(range.Cidr.AddressAt(offset));
                    break;
                case RangeCommand.Release(var offset) when offset >= 0 && offset < range.Cidr.UsableCount:
                    range.Release(range.Cidr.AddressAt(offset));
                    break;
                case RangeCommand.AllocateNext or RangeCommand.Fill:
                    range.TryAllocateNext();
                    break;
            }
        }
    }

    private sealed class SideBySide
    {
        private readonly ServiceIPRange _range;
        private readonly ReferenceRange _reference;
        private readonly SeededRandom _referenceDraws;
        private readonly UInt128 _base;

        public SideBySide(RangeHistory history)
        {
            var release = KubernetesRelease.OfPatch(history.Patch);
            _range = new(history.Cidr, new() { Profile = ClusterProfile.Default.With("ServiceIPStaticSubrange", history.Gate) with { Release = release }, Random = new SeededRandom(history.Seed) });
            _reference = new(_range.Cidr.UsableCount, _range.StaticBandSize, history.Patch == 0);
            _referenceDraws = new(history.Seed);
            _base = _range.Cidr.Network.Value + 1;
        }

        public void Play(RangeCommand command)
        {
            switch (command)
            {
                case RangeCommand.Allocate(var offset):
                    Assert.Equal(_reference.Allocate(InFamily(offset)), _range.TryAllocate(Address(offset)).Status);
                    break;
                case RangeCommand.AllocateNext:
                    AllocateNext();
                    break;
                case RangeCommand.Release(var offset):
                    _reference.Release(InFamily(offset));
                    Assert.True(_range.Release(Address(offset)).Succeeded);
                    break;
                case RangeCommand.Has(var offset):
                    Assert.Equal(_reference.Has(InFamily(offset)), _range.Has(Address(offset)));
                    break;
                case RangeCommand.Roundtrip:
                    Assert.True(_range.TryRestore(_range.Snapshot()).Succeeded);
                    _reference.Restore(_reference.Snapshot());
                    break;
                case RangeCommand.Restore(var data):
                    Assert.True(_range.TryRestore(new() { Range = _range.Cidr.ToString(), Data = [.. data] }).Succeeded);
                    _reference.Restore(data);
                    break;
                case RangeCommand.Fill(var count):
                    for (var i = 0; i < count; i++)
                    {
                        AllocateNext();
                    }

                    break;
            }
        }

        public void AssertAgree()
        {
            Assert.Equal(_reference.Used, _range.Used);
            Assert.Equal(_range.Cidr.UsableCount - _reference.Used, _range.Free);
            Assert.Equal(_reference.Snapshot(), _range.Snapshot().Data.AsSpan().ToArray());
            Assert.Equal(_reference.Bits.Select(bit => _range.Cidr.AtOrNull(bit)), _range.Allocated());
            Assert.Equal(_reference.Bits.LongCount(bit => bit < Math.Min(_range.StaticBandSize, _range.Cidr.UsableCount)), _range.UsedIn(ServiceIPBand.Static));
        }

        private void AllocateNext()
        {
            var (status, offset) = _reference.AllocateNext(_referenceDraws);
            var result = _range.TryAllocateNext();
            Assert.Equal(status, result.Status);
            if (result.Succeeded)
            {
                Assert.Equal(Address((int)offset), result.Address);
            }
        }

        // Offsets that leave the address space wrap around in it; the block never covers both ends.
        private ServiceIP Address(int offset) => _range.Cidr.Family == IPFamily.IPv4
            ? ServiceIP.OfIPv4((uint)(_base + (UInt128)(Int128)offset))
            : ServiceIP.OfIPv6(_base + (UInt128)(Int128)offset);

        private long InFamily(int offset) => _range.Cidr.Contains(Address(offset)) ? offset : -1;
    }
}
