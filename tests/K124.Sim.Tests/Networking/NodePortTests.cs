using K124.Sim.Networking;

namespace K124.Sim.Tests.Networking;

public class NodePortTests
{
    [FsCheck.Xunit.Property(Arbitrary = [typeof(RangeArbitraries)], MaxTest = 300)]
    public void Every_history_agrees_with_the_reference(RangeHistory history)
    {
        var ports = new NodePortSpan(30000, 30000 + ServiceCidr.Parse(history.Cidr).UsableCount);
        var range = new NodePortRange(ports, new SeededRandom(history.Seed));
        var reference = new ReferenceRange(ports.Count, staticBandSize: 0, fallbackDuplicates: false);
        var draws = new SeededRandom(history.Seed);
        foreach (var command in history.Commands)
        {
            switch (command)
            {
                case RangeCommand.Allocate(var offset):
                    Assert.Equal(reference.Allocate(offset), range.TryAllocate(30000 + offset).Status);
                    break;
                case RangeCommand.AllocateNext or RangeCommand.Fill:
                    for (var left = command is RangeCommand.Fill(var count) ? count : 1; left > 0; left--)
                    {
                        var (status, drawn) = reference.AllocateNext(draws);
                        var result = range.TryAllocateNext();
                        Assert.Equal((status, status == AllocationStatus.Done ? 30000 + (int)drawn : 0), (result.Status, result.Port));
                    }

                    break;
                case RangeCommand.Release(var offset):
                    reference.Release(offset);
                    Assert.True(range.Release(30000 + offset).Succeeded);
                    break;
                case RangeCommand.Has(var offset):
                    Assert.Equal(reference.Has(offset), range.Has(30000 + offset));
                    break;
                case RangeCommand.Restore(var data):
                    Assert.Equal(AllocationStatus.RangeMismatch, range.TryRestore(new() { Range = "1-2", Data = [.. data] }).Status);
                    Assert.True(range.TryRestore(new() { Range = ports.ToString(), Data = [.. data] }).Succeeded);
                    reference.Restore(data);
                    break;
                case RangeCommand.Roundtrip:
                    Assert.True(range.TryRestore(range.Snapshot()).Succeeded);
                    reference.Restore(reference.Snapshot());
                    break;
            }

            Assert.Equal((reference.Used, ports.Count - reference.Used), (range.Used, range.Free));
            Assert.Equal(reference.Bits.Select(bit => 30000 + (int)bit), range.Allocated());
            Assert.Equal(reference.Snapshot(), range.Snapshot().Data.AsSpan().ToArray());
        }
    }

    [FsCheck.Xunit.Property(MaxTest = 500)]
    public void A_transaction_keeps_or_undoes_everything(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var range = new NodePortRange(new(30000, 30007), random);
        var live = new SortedSet<int>();
        for (var transaction = 0; transaction < 8; transaction++)
        {
            var isDryRun = random.Next(3) == 0;
            var operation = new NodePortOperation(range, isDryRun);
            var (taken, released) = (new List<int>(), new List<int>());
            for (var step = (int)random.Next(6); step > 0; step--)
            {
                var port = 29999 + (int)random.Next(10);
                switch (random.Next(3))
                {
                    case 0:
                        var expected = live.Contains(port) || (isDryRun && taken.Contains(port)) ? AllocationStatus.AlreadyAllocated
                            : isDryRun || range.Ports.Contains(port) ? AllocationStatus.Done
                            : AllocationStatus.OutOfRange;
                        Assert.Equal(expected, operation.TryAllocate(port).Status);
                        Note(expected == AllocationStatus.Done, port);
                        break;
                    case 1:
                        var drawn = operation.TryAllocateNext();
                        Assert.Equal(isDryRun || live.Count < 8, drawn.Succeeded);
                        Assert.True(!isDryRun || drawn.Port == (taken.Count == 0 ? 32769 : taken.Max() + 1));
                        Assert.True(isDryRun || !drawn.Succeeded || (range.Ports.Contains(drawn.Port) && !live.Contains(drawn.Port)));
                        Note(drawn.Succeeded, drawn.Port);
                        break;
                    default:
                        operation.ReleaseDeferred(port);
                        released.Add(port);
                        break;
                }

                Assert.Equal(live, range.Allocated());
            }

            if (random.Next(2) == 0)
            {
                operation.Commit();
                live.ExceptWith(isDryRun ? [] : released);
            }
            else
            {
                operation.Rollback();
                live.ExceptWith(isDryRun ? [] : taken);
            }

            Assert.Equal(live, range.Allocated());
            Assert.Throws<InvalidOperationException>(operation.Commit);

            void Note(bool isDone, int port)
            {
                if (isDone)
                {
                    taken.Add(port);
                    _ = isDryRun || live.Add(port);
                }
            }
        }
    }

    [Theory]
    [InlineData("30000-32767", "30000-32767")]
    [InlineData(" 30000+2767 ", "30000-32767")]
    [InlineData("80", "80-80")]
    [InlineData("0-65535", "0-65535")]
    [InlineData("", null)]
    [InlineData("-", null)]
    [InlineData("2-1", null)]
    [InlineData("1-65536", null)]
    [InlineData("65535+1", null)]
    [InlineData("1-2-3", null)]
    [InlineData("a-b", null)]
    [InlineData(null, null)]
    public void Spans_are_read_as_by_the_flag(string? text, string? expected)
    {
        Assert.Equal(expected is not null, NodePortSpan.TryParse(text, out var ports));
        Assert.Equal(expected, ports?.ToString());
    }

    [Fact]
    public void Messages_are_those_of_1_24()
    {
        var range = new NodePortRange(new(30000, 30000));
        Assert.Equal("provided port is not in the valid range. The range of valid ports is 30000-30000", range.TryAllocate(1).Message);
        Assert.True(range.TryAllocate(30000).Succeeded);
        Assert.Equal("provided port is already allocated", range.TryAllocate(30000).Message);
        Assert.Equal("range is full", range.TryAllocateNext().Message);
        Assert.Equal("the provided port range does not match the current port range", range.TryRestore(new() { Range = "1-2" }).Message);
    }
}
