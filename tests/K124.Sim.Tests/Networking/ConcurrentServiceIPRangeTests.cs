using System.Collections.Concurrent;
using K124.Sim.Networking;
using K124.Sim.Networking.Internal;
using K124.Sim.Platform;

namespace K124.Sim.Tests.Networking;

public class ConcurrentServiceIPRangeTests
{
    [FsCheck.Xunit.Property(Arbitrary = [typeof(RangeArbitraries)], MaxTest = 300)]
    public void One_thread_sees_what_the_legal_rules_allow(RangeHistory history)
    {
        var range = new ConcurrentServiceIPRange(ServiceCidr.Parse(history.Cidr), ClusterProfile.Default.With("ServiceIPStaticSubrange", history.Gate) with { Seed = history.Seed });
        var cidr = range.Cidr;
        var band = history.Gate ? cidr.StaticBandSize : 0;
        var held = new SortedSet<int>();
        foreach (var command in history.Commands)
        {
            switch (command)
            {
                case RangeCommand.Allocate(var offset) when offset >= 0 && offset < cidr.UsableCount:
                    Assert.Equal(held.Add(offset), range.TryAllocate(cidr.AddressAt(offset)).Succeeded);
                    break;
                case RangeCommand.Release(var offset) when offset >= 0 && offset < cidr.UsableCount:
                    held.Remove(offset);
                    range.Release(cidr.AddressAt(offset));
                    break;
                case RangeCommand.AllocateNext or RangeCommand.Fill:
                    var result = range.TryAllocateNext();
                    var expected = held.Count == cidr.UsableCount ? AllocationStatus.Full
                        : band >= cidr.UsableCount ? AllocationStatus.Panic
                        : AllocationStatus.Done;
                    Assert.Equal(expected, result.Status);
                    if (result.Succeeded)
                    {
                        cidr.TryGetOffset(result.Address!.Value, out var drawn);
                        Assert.True(drawn >= band || held.Count(offset => offset >= band) == cidr.UsableCount - band);
                        Assert.True(held.Add(drawn));
                    }

                    break;
            }

            Assert.Equal(held.Count, range.Used);
        }
    }

    [Theory]
    [InlineData("10.0.0.0/29", false)]
    [InlineData("10.0.0.0/26", true)]
    [InlineData("10.0.0.0/22", true)]
    public void No_two_threads_hold_one_address(string cidr, bool gate)
    {
        var range = new ConcurrentServiceIPRange(ServiceCidr.Parse(cidr), ClusterProfile.Default.With("ServiceIPStaticSubrange", gate) with { Seed = 3 }, lanes: 4);
        var holders = new ConcurrentDictionary<ServiceIP, int>();
        var failures = new ConcurrentQueue<string>();
        Parallel.For(0, 4, new() { MaxDegreeOfParallelism = 4 }, worker =>
        {
            var random = new SeededRandom((ulong)worker);
            var mine = new List<ServiceIP>();
            for (var i = 0; i < 20_000; i++)
            {
                if (mine.Count > 0 && random.Next(2) == 0)
                {
                    var index = (int)random.Next(mine.Count);
                    var address = mine[index];
                    mine.RemoveAt(index);
                    holders.TryRemove(address, out _);
                    range.Release(address);
                    continue;
                }

                var result = random.Next(3) == 0
                    ? range.TryAllocate(range.Cidr.AddressAt((int)random.Next(range.Cidr.UsableCount)))
                    : range.TryAllocateNext();
                if (result.Succeeded)
                {
                    mine.Add(result.Address!.Value);
                    if (!holders.TryAdd(result.Address!.Value, worker))
                    {
                        failures.Enqueue($"{result.Address} is held twice");
                    }
                }
            }
        });
        Assert.Empty(failures);
        Assert.Equal(holders.Count, range.Used);
        ServiceIPRange.TryFromSnapshot(range.Snapshot(), out var stored);
        Assert.Equal(holders.Keys.Order(), stored!.Allocated().Select(address => address!.Value));
        for (var left = range.Cidr.UsableCount - holders.Count; left > 0; left--)
        {
            Assert.True(range.TryAllocateNext().Succeeded);
        }

        Assert.Equal(AllocationStatus.Full, range.TryAllocateNext().Status);
    }

    /// <summary>Few addresses are free at first, so that threads meet at the last ones and at the border of the bands.</summary>
    [Theory]
    [InlineData("10.0.0.0/30", false, new[] { 0, 1 })]
    [InlineData("10.0.0.0/29", false, new[] { 2, 5 })]
    [InlineData("10.0.0.0/27", true, new[] { 0, 17 })]
    [InlineData("10.0.0.0/27", true, new[] { 3, 16, 29 })]
    [InlineData("10.0.0.0/25", true, new[] { 1, 40, 100 })]
    public void Short_concurrent_histories_have_a_sequential_explanation(string text, bool gate, int[] hot)
    {
        var cidr = ServiceCidr.Parse(text);
        var band = gate ? cidr.StaticBandSize : 0;
        for (var round = 0; round < 300; round++)
        {
            var range = new ConcurrentServiceIPRange(cidr, ClusterProfile.Default.With("ServiceIPStaticSubrange", gate) with { Seed = (ulong)round }, lanes: 2);
            for (var offset = 0; offset < cidr.UsableCount; offset++)
            {
                _ = hot.Contains(offset) || range.TryAllocate(cidr.AddressAt(offset)).Succeeded;
            }

            var clock = 0;
            var calls = new ConcurrentBag<Call>();
            Parallel.For(0, 3, new() { MaxDegreeOfParallelism = 3 }, worker =>
            {
                var random = SeededRandom.Stream((ulong)round, $"worker {worker}");
                for (var i = 0; i < 3; i++)
                {
                    var address = cidr.AddressAt(hot[random.Next(hot.Length)]);
                    var kind = (CallKind)random.Next(5);
                    var start = Interlocked.Increment(ref clock);
                    var (status, subject, used) = kind switch
                    {
                        CallKind.Draw => Answer(range.TryAllocateNext()),
                        CallKind.Take => Answer(range.TryAllocate(address)),
                        CallKind.Give => Answer(range.Release(address)),
                        CallKind.Ask => (range.Has(address) ? AllocationStatus.Done : AllocationStatus.Full, address, 0),
                        _ => (AllocationStatus.Done, address, range.Used),
                    };
                    cidr.TryGetOffset(subject, out var offset);
                    calls.Add(new(kind, Array.IndexOf(hot, offset), status, used, start, Interlocked.Increment(ref clock)));
                }
            });
            var model = new HotAddresses(cidr.UsableCount, [.. hot.Select(offset => offset < band)]);
            Assert.True(IsLinearizable([.. calls], model, 0), string.Join("; ", calls.OrderBy(call => call.Start)));
        }

        static (AllocationStatus Status, ServiceIP Address, long Used) Answer(ServiceIPResult result) => (result.Status, result.Address ?? default, 0);
    }

    /// <summary>With one thread a draw is the first free address from a uniform offset on: shares are as the gaps before them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Draws_follow_the_scan_rule_by_the_chi_square_test(int threads)
    {
        int[] free = [1, 300, 301, 700, 1500, 2047, 2600, 3000, 3500, 4000];
        var cidr = ServiceCidr.Parse("10.0.0.0/20");
        var range = new ConcurrentServiceIPRange(cidr, new() { Seed = 9 }, lanes: 64);
        for (var offset = 0; offset < cidr.UsableCount; offset++)
        {
            _ = free.Contains(offset) || range.TryAllocate(cidr.AddressAt(offset)).Succeeded;
        }

        const int Draws = 40_000;
        var counts = new int[free.Length];
        for (var thread = 0; thread < threads; thread++)
        {
            // One after the other: each has its own blocks to start in, and all together cover the range.
            var worker = new Thread(() =>
            {
                for (var i = 0; i < Draws / threads; i++)
                {
                    var address = range.TryAllocateNext().Address!.Value;
                    cidr.TryGetOffset(address, out var offset);
                    counts[Array.IndexOf(free, offset)]++;
                    range.Release(address);
                }
            });
            worker.Start();
            worker.Join();
        }

        if (threads > 1)
        {
            Assert.All(counts, count => Assert.True(count > 0));
            return;
        }

        var chiSquare = free.Select((offset, index) =>
        {
            var gap = index > 0 ? offset - free[index - 1] : offset + cidr.UsableCount - free[^1];
            var expected = (double)Draws * gap / cidr.UsableCount;
            return Math.Pow(counts[index] - expected, 2) / expected;
        }).Sum();
        Assert.True(chiSquare < 27.9, $"chi-square {chiSquare} exceeds the 0.1 % point of 9 degrees of freedom");
    }

    [Theory]
    [InlineData("10.0.0.0/12")]
    [InlineData("10.0.0.0/10")]
    public void A_large_block_takes_one_bit_an_address_and_at_most_5_percent_more(string cidr)
    {
        var range = new ConcurrentServiceIPRange(ServiceCidr.Parse(cidr), ClusterProfile.Default.With("ServiceIPStaticSubrange", true));
        Assert.InRange(range.SizeBytes * 8.0 / range.Cidr.UsableCount, 1, 1.05);
    }

    [Fact]
    public void Allocating_and_releasing_allocate_no_memory()
    {
        var range = new ConcurrentServiceIPRange(ServiceCidr.Parse("10.0.0.0/16"), ClusterProfile.Default.With("ServiceIPStaticSubrange", true));
        range.Release(range.TryAllocateNext().Address!.Value);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            range.Release(range.TryAllocateNext().Address!.Value);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    // Wing and Gong: try every call that may come first, that is, that started before any other one ended.
    private static bool IsLinearizable(Call[] left, HotAddresses model, int taken)
    {
        if (left.Length == 0)
        {
            return true;
        }

        var firstEnd = left.Min(call => call.End);
        return left.Where(call => call.Start < firstEnd).Any(call =>
            model.TryApply(call, taken, out var next) && IsLinearizable([.. left.Where(other => other != call)], model, next));
    }

    private enum CallKind
    {
        Draw,
        Take,
        Give,
        Ask,
        Count,
    }

    /// <summary>Who shares a range with others takes from blocks of its own as long as these have anything, and then from all.</summary>
    [FsCheck.Xunit.Property(MaxTest = 100)]
    public void Draws_stay_in_own_blocks_until_these_are_full(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        const int BlockSize = 64;
        var (blocks, owners) = (2 + (int)random.Next(15), 2 + (int)random.Next(6));
        var bitmap = new ConcurrentFreeBitmap(blocks * BlockSize, blocks);
        owners = Math.Min(owners, blocks);
        var owner = (int)random.Next(owners);
        var free = Enumerable.Range(0, bitmap.Length).ToHashSet();
        while (free.Count > 0)
        {
            var start = bitmap.MoveToOwn((int)random.Next(bitmap.Length), owner, owners);
            var drawn = bitmap.TakeFrom(start, owners);
            Assert.Contains(drawn, free);
            Assert.True(IsOwn(drawn) || !free.Any(IsOwn), $"{drawn} of {blocks} blocks is not one of {owner}'s among {owners}");
            free.Remove(drawn);
        }

        Assert.Equal(-1, bitmap.TakeFrom(0, owners));

        bool IsOwn(int offset) => offset / BlockSize % owners == owner;
    }

    /// <summary>A call and its answer; the address is its place among the hot ones.</summary>
    private sealed record Call(CallKind Kind, int Hot, AllocationStatus Status, long Used, int Start, int End);

    /// <summary>The sequential rules; all addresses but the hot ones stay taken.</summary>
    private sealed record HotAddresses(int UsableCount, bool[] IsStatic)
    {
        public bool TryApply(Call call, int taken, out int next)
        {
            var mask = call.Hot < 0 ? 0 : 1 << call.Hot;
            var isTaken = (taken & mask) != 0;
            next = call.Kind switch
            {
                CallKind.Draw or CallKind.Take => taken | mask,
                CallKind.Give => taken & ~mask,
                _ => taken,
            };
            var all = (1 << IsStatic.Length) - 1;
            return call.Kind switch
            {
                CallKind.Draw when call.Status == AllocationStatus.Full => taken == all,
                CallKind.Draw => mask != 0 && !isTaken && (!IsStatic[call.Hot] || IsStatic.Index().All(entry => entry.Item || (taken >> entry.Index & 1) != 0)),
                CallKind.Take => call.Status == AllocationStatus.Done != isTaken,
                CallKind.Give => true,
                CallKind.Ask => call.Status == AllocationStatus.Done == isTaken,
                _ => call.Used == UsableCount - IsStatic.Length + int.PopCount(taken),
            };
        }
    }
}
