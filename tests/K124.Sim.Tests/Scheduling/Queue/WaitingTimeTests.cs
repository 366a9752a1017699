using K124.Sim.Model;
using K124.Sim.Scheduling.Queue;

namespace K124.Sim.Tests.Scheduling.Queue;

/// <summary>How long pods wait, in the figures of 1.24.</summary>
public sealed class WaitingTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Pod Web = new() { Metadata = new() { Namespace = "shop", Name = "web", Uid = "web" }, Spec = new() { NodeName = "" } };

    [Fact]
    public void Backoff_doubles_with_each_failure_up_to_ten_seconds() => Assert.Equal([1, 2, 4, 8, 10, 10, 10], Waits(new(), 7));

    [Fact]
    public void Backoff_that_cannot_double_any_more_is_the_longest() => Assert.Equal(
        [3, 6, 7, 7], Waits(new() { PodInitialBackoff = TimeSpan.FromSeconds(3), PodMaxBackoff = TimeSpan.FromSeconds(7) }, 4));

    /// <summary>The flush looks every 30 seconds, and five minutes to the tick are not yet too long.</summary>
    [Fact]
    public void Pod_that_has_waited_for_five_minutes_exactly_waits_for_the_next_flush()
    {
        var queue = new SchedulingQueue(Start);
        foreach (var name in new[] { "first", "second" })
        {
            queue.Add(Web with { Metadata = Web.Metadata with { Name = name, Uid = name } });
            Assert.True(queue.TryPop(out var info));
            Assert.True(queue.AddUnschedulableIfNotPresent(info, info.Pod, ["NodeResourcesFit"]));
            queue.AdvanceTo(queue.Now.AddSeconds(30));
        }

        Assert.Equal(Start.AddMinutes(5.5), queue.NextFlushAt);
        queue.AdvanceTo(Start.AddMinutes(5.5));
        Assert.Equal("second", Assert.Single(queue.UnschedulablePods()).Key.Name);
        queue.AdvanceTo(Start.AddMinutes(6));
        Assert.Equal(2, queue.ActiveCount);
    }

    [Fact]
    public void Assumed_pod_expires_a_quarter_of_an_hour_after_its_binding_ended_and_not_before()
    {
        var assumed = new AssumedPods(Start);
        assumed.Assume(Web);
        Assert.Null(assumed.NextExpiryAt);
        Assert.Empty(assumed.TakeExpired(Start.AddDays(1)));

        var bound = Start.AddDays(1);
        assumed.FinishBinding(ObjectKey.Of(Web), bound);
        Assert.Empty(assumed.TakeExpired(bound.AddMinutes(15)));
        Assert.Equal(bound.AddMinutes(15).AddSeconds(1), assumed.NextExpiryAt);
        Assert.Same(Web, Assert.Single(assumed.TakeExpired(bound.AddMinutes(15).AddSeconds(1))));
        Assert.Equal(0, assumed.Count);
    }

    [Fact]
    public void Confirmed_pod_does_not_expire()
    {
        var assumed = new AssumedPods(Start);
        assumed.Assume(Web);
        assumed.FinishBinding(ObjectKey.Of(Web), Start);
        Assert.Same(Web, assumed.Remove(ObjectKey.Of(Web)));
        Assert.Empty(assumed.TakeExpired(Start.AddHours(1)));
    }

    /// <summary>Seconds that a pod is held back after each of its failures, all on whole seconds.</summary>
    private static int[] Waits(SchedulingQueueOptions options, int failures)
    {
        var queue = new SchedulingQueue(Start, options);
        queue.Add(Web);
        var waits = new int[failures];
        for (var i = 0; i < failures; i++)
        {
            Assert.True(queue.TryPop(out var info));
            Assert.True(queue.AddUnschedulableIfNotPresent(info, Web, ["NodeResourcesFit"]));
            queue.MoveAllToActiveOrBackoffQueue(ClusterEvent.NodeAdd);
            Assert.Equal(1, queue.BackoffCount);
            var failed = queue.Now;
            queue.AdvanceTo(queue.NextFlushAt!.Value);
            Assert.Equal(1, queue.ActiveCount);
            waits[i] = (int)(queue.Now - failed).TotalSeconds;
        }

        return waits;
    }
}
