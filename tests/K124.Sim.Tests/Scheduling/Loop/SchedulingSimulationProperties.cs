using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;
using K124.Sim.Scheduling.Loop;

namespace K124.Sim.Tests.Scheduling.Loop;

/// <summary>What holds in every life of a cluster, however pods, nodes and time come and go.</summary>
public sealed class SchedulingSimulationProperties
{
    private const int MinutesToFlush = 6;

    /// <summary>Bindings are checked one by one: room, taints, spread and anti-affinity, by rules that share nothing with the scheduler.</summary>
    [Fact]
    public void Every_binding_keeps_the_hard_constraints() => ForLives(250, static life => { });

    /// <summary>Victims are of lower priority, and their pod may preempt.</summary>
    [Fact]
    public void Only_pods_that_may_preempt_evict_and_only_what_is_less_important() => ForLives(250, static life =>
    {
        foreach (var entry in life.Simulation.Log.Where(static entry => !entry.Victims.IsEmpty))
        {
            var pod = life.Created[entry.Object];
            Assert.NotEqual("Never", pod.Spec.PreemptionPolicy);
            Assert.All(entry.Victims, victim => Assert.True(life.Created[victim].Spec.Priority < pod.Spec.Priority, $"{entry.Object} evicts {victim}"));
        }
    });

    /// <summary>A pod is gone because it was deleted, is on a node, or waits with a reason.</summary>
    [Fact]
    public void No_pod_is_lost() => ForLives(250, static life =>
    {
        var simulation = life.Simulation;
        var deleted = simulation.Log.Where(static entry => entry.Kind == SchedulingLogKind.Deleted).Select(static entry => entry.Object).ToHashSet();
        foreach (var key in life.Created.Keys.Where(key => !deleted.Contains(key)))
        {
            var pod = simulation.Find(KeyOf(key));
            Assert.NotNull(pod);
            var scheduled = Assert.Single(pod.Status.Conditions, static condition => condition.Type == "PodScheduled");
            Assert.Equal(pod.Spec.NodeName.Length > 0 ? "True" : "False", scheduled.Status);
            Assert.True(pod.Spec.NodeName.Length > 0 || (scheduled.Message.Length > 0 && simulation.Queue.Find(KeyOf(key)) is not null), key);
        }
    });

    /// <summary>Whoever waits is tried again by the flush of pods that have waited for five minutes, and then its backoff.</summary>
    [Fact]
    public void No_pod_starves() => ForLives(150, static life =>
    {
        var simulation = life.Simulation;
        simulation.AdvanceTo(simulation.Now.AddMinutes(MinutesToFlush));
        var lastAttempts = simulation.Log.Where(static entry => entry.Attempt > 0).GroupBy(static entry => entry.Object).ToDictionary(static log => log.Key, static log => log.Max(static entry => entry.Time));
        foreach (var waiting in simulation.Pods.Where(static pod => pod.Spec.NodeName.Length == 0))
        {
            Assert.True(lastAttempts[ObjectKey.Of(waiting).ToString()] >= simulation.Now.AddMinutes(-MinutesToFlush), ObjectKey.Of(waiting).ToString());
        }
    });

    [Fact]
    public void The_same_life_leaves_the_same_log() => LoopStep.Lives(40).Run(100, static steps => Assert.Equal(LogOf(steps), LogOf(steps)));

    /// <summary>With room for all, the priority of pods that never preempt changes who comes first, and nothing else: who is bound, and that nobody is evicted.</summary>
    [Fact]
    public void Priority_of_pods_that_never_preempt_changes_order_alone() => LoopStep.Lives(40).Run(150, static steps =>
    {
        var (with, without) = (Play(steps, new(hasRoom: true)), Play(steps, new(neverValue: 0, hasRoom: true)));
        Assert.Equal(BoundPods(without), BoundPods(with));
        Assert.DoesNotContain(with.Simulation.Log.Concat(without.Simulation.Log), static entry => !entry.Victims.IsEmpty);

        // Where there is no room, they still evict nobody, whatever their priority.
        var crowded = Play(steps, new(neverValue: 1_000_000));
        Assert.DoesNotContain(crowded.Simulation.Log, entry => !entry.Victims.IsEmpty && crowded.Created[entry.Object].Spec.PriorityClassName == LoopLife.Never);
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

    private static string LogOf(LoopStep[] steps) => SchedulingLog.ToJsonLines(Play(steps, new(bindingFails: true)).Simulation.Log);

    private static string[] BoundPods(LoopLife life) =>
        [.. life.Simulation.Log.Where(static entry => entry.Kind == SchedulingLogKind.Bound).Select(static entry => entry.Object).Order(StringComparer.Ordinal)];

    private static ObjectKey KeyOf(string text) => text.Split('/') is [var space, var name] ? new(space, name) : throw new ArgumentException(text, nameof(text));
}

file static class Checking
{
    public static void Run(this Arbitrary<LoopStep[]> lives, int count, Action<LoopStep[]> check) =>
        Prop.ForAll(lives, check).Check(Config.QuickThrowOnFailure.WithMaxTest(count));
}
