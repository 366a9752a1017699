using System.Collections.Concurrent;
using K124.Sim.Networking;

namespace K124.Sim.Tests.Networking;

public class ConcurrentServiceIPRangeTests
{
    [FsCheck.Xunit.Property(Arbitrary = [typeof(RangeArbitraries)], MaxTest = 300)]
    public void One_thread_sees_what_the_legal_rules_allow(RangeHistory history)
    {
        var range = new ConcurrentServiceIPRange(ServiceCidr.Parse(history.Cidr), history.Gate, history.Seed);
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
                        cidr.TryGetOffset(result.Address, out var drawn);
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
        var range = new ConcurrentServiceIPRange(ServiceCidr.Parse(cidr), gate, seed: 3, lanes: 4);
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
                    mine.Add(result.Address);
                    if (!holders.TryAdd(result.Address, worker))
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

    [Fact]
    public void Short_concurrent_histories_have_a_sequential_explanation()
    {
        for (var round = 0; round < 400; round++)
        {
            var range = new ConcurrentServiceIPRange(ServiceCidr.Parse("10.0.0.0/30"), seed: (ulong)round, lanes: 2);
            var clock = 0;
            var calls = new ConcurrentBag<Call>();
            Parallel.For(0, 3, new() { MaxDegreeOfParallelism = 3 }, worker =>
            {
                var random = SeededRandom.Stream((ulong)round, $"worker {worker}");
                for (var i = 0; i < 3; i++)
                {
                    var offset = (int)random.Next(2);
                    var kind = (int)random.Next(4);
                    var address = range.Cidr.AddressAt(offset);
                    var start = Interlocked.Increment(ref clock);
                    var answer = kind switch
                    {
                        0 => range.TryAllocateNext() is { Succeeded: true } drawn ? (drawn.Address == range.Cidr.AddressAt(0) ? 0 : 1) : -1,
                        1 => range.TryAllocate(address).Succeeded ? 1 : 0,
                        2 => range.Release(address).Succeeded ? 1 : 0,
                        _ => range.Has(address) ? 1 : 0,
                    };
                    calls.Add(new(kind, offset, answer, start, Interlocked.Increment(ref clock)));
                }
            });
            Assert.True(IsLinearizable([.. calls], 0), string.Join("; ", calls.OrderBy(call => call.Start)));
        }
    }

    // Wing and Gong: try every call that may come first, that is, that started before any other one ended.
    private static bool IsLinearizable(Call[] left, int taken)
    {
        if (left.Length == 0)
        {
            return true;
        }

        var firstEnd = left.Min(call => call.End);
        return left.Where(call => call.Start < firstEnd).Any(call =>
            call.TryApply(taken, out var next) && IsLinearizable([.. left.Where(other => other != call)], next));
    }

    private sealed record Call(int Kind, int Offset, int Answer, int Start, int End)
    {
        public bool TryApply(int taken, out int next)
        {
            var isTaken = (taken >> Offset & 1) != 0;
            next = Kind switch
            {
                0 => Answer < 0 ? taken : taken | (1 << Answer),
                1 => taken | (1 << Offset),
                2 => taken & ~(1 << Offset),
                _ => taken,
            };
            return Kind switch
            {
                0 => Answer < 0 ? taken == 3 : (taken >> Answer & 1) == 0,
                1 => Answer == 1 != isTaken,
                2 => true,
                _ => Answer == 1 == isTaken,
            };
        }
    }
}
