using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Time;

namespace K124.Sim.Tests.Time;

public class TimeTests
{
    private static readonly DateTimeOffset Start = new(2022, 5, 3, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Events_come_by_time_then_priority_then_insertion() => Prop.ForAll(
        Arb.From((from time in Gen.Choose(0, 5) from priority in Gen.Choose(0, 2) select (time, priority)).ListOf()), events =>
        {
            var queue = new EventQueue<int>();
            for (var i = 0; i < events.Count; i++)
            {
                queue.Push(events[i].time, events[i].priority, i);
            }

            var popped = new List<int>();
            while (queue.TryPop(long.MaxValue, out var time, out var item))
            {
                Assert.Equal(events[item].time, time);
                popped.Add(item);
            }

            Assert.Equal(Enumerable.Range(0, events.Count).OrderBy(i => events[i].time).ThenBy(i => events[i].priority).ThenBy(i => i), popped);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void An_event_that_is_not_due_stays()
    {
        var queue = new EventQueue<string>();
        queue.Push(10, 0, "later");
        Assert.False(queue.TryPop(9, out _, out _));
        Assert.Equal(10, queue.NextTicks);
        Assert.True(queue.TryPop(10, out _, out var item));
        Assert.Equal("later", item);
        Assert.Throws<InvalidOperationException>(() => queue.NextTicks);
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.Push(0, -1, "no"));
    }

    [Fact]
    public void Timers_fire_on_the_way_at_their_own_times()
    {
        var clock = new VirtualClock(Start);
        var fired = new List<string>();
        using var periodic = clock.CreateTimer(_ => fired.Add($"p{(clock.GetUtcNow() - Start).TotalSeconds}"), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using var once = clock.CreateTimer(_ => fired.Add($"o{(clock.GetUtcNow() - Start).TotalSeconds}"), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        clock.AdvanceTo(Start.AddSeconds(5).UtcTicks);
        Assert.Equal(["p2", "o3", "p4"], fired);
        periodic.Dispose();
        Assert.False(periodic.Change(TimeSpan.Zero, TimeSpan.Zero));
        clock.AdvanceTo(Start.AddSeconds(9).UtcTicks);
        Assert.Equal(3, fired.Count);
        Assert.Equal(Start.AddSeconds(9), clock.GetUtcNow());
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.AdvanceTo(Start.UtcTicks));
    }
}
