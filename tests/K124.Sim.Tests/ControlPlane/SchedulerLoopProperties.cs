using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;
using static K124.Sim.Tests.ControlPlane.LoopCluster;

namespace K124.Sim.Tests.ControlPlane;

/// <summary>What holds in every life of a cluster, however pods, nodes and time come and go.</summary>
public sealed class SchedulerLoopProperties
{
    private const int MinutesToFlush = 6;

    /// <summary>Bindings are checked one by one: room, taints, spread and anti-affinity, by rules that share nothing with the scheduler.</summary>
    [Fact]
    public void Every_binding_keeps_the_hard_constraints() => ForLives(100, static life => { });

    /// <summary>Victims are of lower priority, and their pod may preempt.</summary>
    [Fact]
    public void Only_pods_that_may_preempt_evict_and_only_what_is_less_important() => ForLives(100, static life =>
    {
        foreach (var (preemptor, victim) in Evictions(life))
        {
            Assert.NotEqual("Never", preemptor.Spec.PreemptionPolicy);
            Assert.True(victim.Spec.Priority < preemptor.Spec.Priority, $"{preemptor.Metadata.Name} evicts {victim.Metadata.Name}");
        }
    });

    /// <summary>A pod is gone because it was deleted, is on a node, or waits with a reason.</summary>
    [Fact]
    public void No_pod_is_lost() => ForLives(100, static life =>
    {
        var plane = life.Plane;
        var deleted = plane.Timeline.Where(static entry => entry is { Verb: "delete", Kind: "Pod", Refusal: null }).Select(static entry => entry.Key.Name).ToHashSet();
        foreach (var name in life.Created.Keys)
        {
            var pod = plane.Get<Pod>(Key(name));
            Assert.True(pod is { Metadata.DeletionTimestamp: null } || deleted.Contains(name), name);
            if (pod is null)
            {
                continue;
            }

            var scheduled = Assert.Single(pod.Status.Conditions, static condition => condition.Type == "PodScheduled");
            Assert.Equal(pod.Spec.NodeName.Length > 0 ? "True" : "False", scheduled.Status);
            Assert.True(pod.Spec.NodeName.Length > 0 || (scheduled.Message.Length > 0 && plane.Loop().Queue.Find(Key(name)) is not null), name);
        }
    });

    /// <summary>Whoever waits is tried again by the flush of pods that have waited for five minutes, and then its backoff.</summary>
    [Fact]
    public void No_pod_starves() => ForLives(80, static life =>
    {
        var plane = life.Plane;
        plane.Advance(TimeSpan.FromMinutes(MinutesToFlush));
        var lastAttempts = plane.Timeline.Where(static entry => entry.Event is { Reason: "FailedScheduling" }).ToLookup(static entry => entry.Key, static entry => entry.Time);
        foreach (var waiting in plane.List<Pod>().Where(static pod => pod.Spec.NodeName.Length == 0))
        {
            Assert.True(lastAttempts[ObjectKey.Of(waiting)].Max() >= plane.Now.AddMinutes(-MinutesToFlush), waiting.Metadata.Name);
        }
    });

    [Fact]
    public void The_same_life_leaves_the_same_log() => LoopStep.Lives(40).Run(100, static steps => Assert.Equal(LogOf(steps), LogOf(steps)));

    /// <summary>With room for all, the priority of pods that never preempt changes who comes first, and nothing else: who is bound, and that nobody is evicted.</summary>
    [Fact]
    public void Priority_of_pods_that_never_preempt_changes_order_alone() => LoopStep.Lives(40).Run(100, static steps =>
    {
        var (with, without) = (Play(steps, new(hasRoom: true)), Play(steps, new(neverValue: 0, hasRoom: true)));
        Assert.Equal(BoundPods(without), BoundPods(with));
        Assert.Empty(Evictions(with).Concat(Evictions(without)));

        // Where there is no room, they still evict nobody, whatever their priority.
        var crowded = Play(steps, new(neverValue: 1_000_000));
        Assert.DoesNotContain(Evictions(crowded), static eviction => eviction.Preemptor.Spec.PriorityClassName == LoopLife.Never);
    });

    private static void ForLives(int count, Action<LoopLife> check) => LoopStep.Lives(50).Run(count, steps =>
    {
        foreach (var fails in new[] { false, true })
        {
            check(Play(steps, new(bindingFails: fails)));
        }
    });

    private static LoopLife Play(LoopStep[] steps, LoopLife life)
    {
        foreach (var step in steps)
        {
            life.Run(step);
        }

        return life;
    }

    private static string[] LogOf(LoopStep[] steps) => [.. Play(steps, new(bindingFails: true)).Plane.Timeline.Select(static entry => entry.ToString())];

    private static string[] BoundPods(LoopLife life) =>
        [.. life.Plane.Timeline.Where(static entry => entry is { Subresource: "binding", Refusal: null }).Select(static entry => entry.Key.Name).Order(StringComparer.Ordinal)];

    /// <summary>From events of the form <c>Preempted by default/p1 on node n1</c>.</summary>
    private static IEnumerable<(Pod Preemptor, Pod Victim)> Evictions(LoopLife life) =>
        from report in life.Plane.Events()
        where report.Reason == "Preempted"
        select (life.Created[report.Message.Split(' ', '/')[3]], life.Created[report.Regarding.Name]);
}

file static class Checking
{
    public static void Run(this Arbitrary<LoopStep[]> lives, int count, Action<LoopStep[]> check) =>
        Prop.ForAll(lives, check).Check(Config.QuickThrowOnFailure.WithMaxTest(count));
}
