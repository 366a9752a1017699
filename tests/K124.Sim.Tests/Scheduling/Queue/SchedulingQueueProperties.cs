using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Scheduling.Queue;

namespace K124.Sim.Tests.Scheduling.Queue;

public sealed class SchedulingQueueProperties(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly SchedulingQueueOptions[] Options =
    [
        new(),
        new() { PodInitialBackoff = TimeSpan.FromMilliseconds(1_500), PodMaxBackoff = TimeSpan.FromSeconds(400), PodMaxInUnschedulablePodsDuration = TimeSpan.FromSeconds(42.5) },
    ];

    [Fact]
    public void Queue_does_what_the_naive_queue_does() => Prop.ForAll(QueueCommand.Lives(60), static commands =>
    {
        foreach (var options in Options)
        {
            var life = new QueueLife(options);
            foreach (var command in commands)
            {
                life.Run(command);
                Assert.Equal(life.NaiveState, life.State);
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Random_lives_reach_every_way_through_the_queue()
    {
        var seen = new HashSet<string>();
        foreach (var commands in QueueCommand.Lives(60).Generator.Sample(300, 400))
        {
            var life = new QueueLife();
            commands.ToList().ForEach(life.Run);
            seen.UnionWith(life.Seen);
        }

        output.WriteLine(string.Join('\n', seen.Order(StringComparer.Ordinal)));
        Assert.Superset(
            new HashSet<string>
            {
                "Add +==", "Add +-=", "Add +=-", "Pop -==", "Fail =+=", "Fail ==+", "Fail ===", "Update +==", "Update +=-", "Update =+-", "Update ===", "Delete -==", "Delete =-=", "Delete ==-",
                "Event +=-", "Event =+-", "Assigned +=-", "Assigned =+-", "Advance +-=", "Advance +=-",
            },
            seen);
    }

    [Fact]
    public void No_pod_waits_longer_than_the_flushes_let_it() => Prop.ForAll(QueueCommand.Lives(60), static commands =>
    {
        var life = new QueueLife();
        commands.ToList().ForEach(life.Run);
        var last = life.Queue.Now;
        life.Queue.AdvanceTo(last.AddSeconds(10 + 1));
        Assert.Equal(0, life.Queue.BackoffCount);
        life.Queue.AdvanceTo(last.AddMinutes(5).AddSeconds(30));
        Assert.Equal(0, life.Queue.UnschedulableCount);
        Assert.Null(life.Queue.NextFlushAt);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Moving_from_flush_to_flush_is_the_same_as_moving_at_once() => Prop.ForAll(QueueCommand.Lives(40), static commands =>
    {
        var (stepwise, atOnce) = (new QueueLife(), new QueueLife());
        foreach (var command in commands)
        {
            stepwise.Run(command);
            atOnce.Run(command);
        }

        var end = atOnce.Queue.Now.AddMinutes(7);
        while (stepwise.Queue.NextFlushAt is { } next && next <= end)
        {
            Assert.True(next > stepwise.Queue.Now);
            var before = (stepwise.Queue.ActiveCount, stepwise.Queue.BackoffCount);
            stepwise.Queue.AdvanceTo(next.AddTicks(-1));
            Assert.Equal(before, (stepwise.Queue.ActiveCount, stepwise.Queue.BackoffCount));
            stepwise.Queue.AdvanceTo(next);
            Assert.NotEqual(before, (stepwise.Queue.ActiveCount, stepwise.Queue.BackoffCount));
        }

        stepwise.Queue.AdvanceTo(end);
        atOnce.Queue.AdvanceTo(end);
        Assert.Equal(atOnce.State, stepwise.State);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Order_is_by_priority_then_time_then_coming() => Prop.ForAll(
        Arb.From((from priority in Gen.Choose(-2, 2) from pause in Gen.Choose(0, 1) select (priority, pause)).ListOf()), pods =>
        {
            var queue = new SchedulingQueue(DateTimeOffset.UnixEpoch);
            for (var i = 0; i < pods.Count; i++)
            {
                queue.AdvanceTo(queue.Now.AddSeconds(pods[i].pause));
                queue.Add(new() { Metadata = new() { Name = $"{i}" }, Spec = new() { Priority = pods[i].priority == 2 ? null : pods[i].priority } });
            }

            var order = new List<int>();
            while (queue.TryPop(out var info))
            {
                order.Add(int.Parse(info.Pod.Metadata.Name, System.Globalization.CultureInfo.InvariantCulture));
            }

            Assert.Equal(Enumerable.Range(0, pods.Count).OrderByDescending(i => pods[i].priority == 2 ? 0 : pods[i].priority), order);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
