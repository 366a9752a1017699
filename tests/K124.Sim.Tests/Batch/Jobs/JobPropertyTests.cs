using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Batch.Forecast;
using K124.Sim.Batch.Forecast.World;
using K124.Sim.Batch.Jobs.Syncing;
using static K124.Sim.Tests.Batch.Jobs.JobTestData;

namespace K124.Sim.Tests.Batch.Jobs;

/// <summary>Random lives of Jobs: users suspend, resume, scale and delete pods while pods come and go and, in some worlds, calls fail
/// and watches lag.</summary>
public class JobPropertyTests
{
    public abstract record Step
    {
        public sealed record Wait(int Seconds) : Step;

        public sealed record Suspend(bool On) : Step;

        public sealed record Scale(int Parallelism) : Step;

        public sealed record Delete(int Pod, bool Force) : Step;

        public sealed record Phase(int Pod, string To) : Step;
    }

    public sealed record Life(bool Indexed, bool Tracked, int Completions, int Parallelism, int Failures, JobWorldOptions World, ulong Seed, Step[] Steps)
    {
        public override string ToString() =>
            $"{(Indexed ? "Indexed" : "NonIndexed")} {(Tracked ? "tracked" : "untracked")} {Completions} by {Parallelism}, {Failures} failures, {World}, seed {Seed}: {string.Join("; ", Steps.AsEnumerable())}";

        public bool IsPerfect => World == JobWorldOptions.Default;
    }

    private static Gen<JobWorldOptions> WorldGen =>
        from isPerfect in Gen.Elements(true, false)
        from faultRate in Gen.Elements(0.0, 0.0, 0.15)
        from latency in Gen.Elements(0, 0, 40)
        from jitter in Gen.Elements(0, 0, 1_500)
        from apiLatency in Gen.Elements(0, 0, 30)
        from seed in Gen.Choose(0, int.MaxValue)
        select isPerfect ? JobWorldOptions.Default : new JobWorldOptions
        {
            FailureProbability = faultRate,
            WatchLatencyMilliseconds = latency,
            WatchJitterMilliseconds = jitter,
            ApiLatencyMilliseconds = apiLatency,
            Seed = (ulong)seed,
        };

    private static Gen<Step> StepGen => Gen.OneOf(
        Gen.Choose(1, 15).Select(seconds => (Step)new Step.Wait(seconds)),
        Gen.Choose(1, 15).Select(seconds => (Step)new Step.Wait(seconds)),
        Gen.Elements(true, false).Select(on => (Step)new Step.Suspend(on)),
        Gen.Choose(0, 6).Select(parallelism => (Step)new Step.Scale(parallelism)),
        from pod in Gen.Choose(0, 12) from force in Gen.Elements(true, false) select (Step)new Step.Delete(pod, force),
        from pod in Gen.Choose(0, 12) from phase in Gen.Elements("Running", "Succeeded", "Failed", "Unknown") select (Step)new Step.Phase(pod, phase));

    private static Arbitrary<Life> Lives(bool? tracked = null, bool disturbsPods = true) => Arb.From(
        from indexed in Gen.Elements(true, false)
        from isTracked in Gen.Elements(true, false)
        from completions in Gen.Choose(1, 9)
        from parallelism in Gen.Choose(1, 5)
        from failures in Gen.Choose(0, 3)
        from world in WorldGen
        from seed in Gen.Choose(0, int.MaxValue)
        from steps in StepGen.ListOf()
        select new Life(
            indexed, tracked ?? isTracked, completions, parallelism, failures, world, (ulong)seed,
            [.. steps.Where(step => disturbsPods || step is not (Step.Delete or Step.Phase))]),
        Shrink);

    [Fact]
    public void A_job_never_has_too_many_pods_and_no_two_for_one_index() => Check(Lives(), life =>
    {
        var world = Start(life);
        var most = life.Steps.OfType<Step.Scale>().Select(scale => scale.Parallelism).Append(life.Parallelism).Max();
        RunSteps(world, life, () =>
        {
            var live = Enumerable.Range(0, world.PodCount)
                .Where(pod => world.PodExists(pod) && world.PhaseOf(pod) is PodPhase.Pending or PodPhase.Running && (world.FlagsOf(pod) & PodFlags.Deleting) == PodFlags.None)
                .ToList();
            Assert.True(live.Count <= most, $"{live.Count} active pods");
            if (life.Indexed)
            {
                Assert.Equal(live.Count, live.Select(world.IndexOf).Distinct().Count());
            }
        });
    });

    [Fact]
    public void A_suspended_job_at_rest_has_no_active_pod() => Check(Lives(), life =>
    {
        var world = Start(life);
        RunSteps(world, life, () => { });
        world.Perform(new() { Operation = JobOperation.SetSuspend, Suspend = true });
        Rest(world);
        if (!world.Status.IsFinished)
        {
            Assert.Empty(world.Cached.Pods.Active);
            Assert.True(HasCondition(world.StoredStatus(), "Suspended"));
        }
    });

    [Fact]
    public void A_tracked_job_counts_every_finished_pod_once() => Check(Lives(tracked: true, disturbsPods: false), AssertCountsOnce);

    /// <summary>Found by the property: removals of finalizers were seen while a sync waited, and their pods counted again.</summary>
    [Fact]
    public void A_removal_that_is_seen_while_a_sync_waits_is_still_in_flight_for_it() => AssertCountsOnce(
        new(
            Indexed: true, Tracked: true, 5, 3, 2,
            new() { WatchLatencyMilliseconds = 40, WatchJitterMilliseconds = 1_500, ApiLatencyMilliseconds = 30, Seed = 505_297_277 }, 811_225_124, []));

    private static void AssertCountsOnce(Life life)
    {
        // As in 1.24, a pod whose deletion fails after its finalizer went is not counted when it ends: no deletions among failing calls, nor
        // pods too many, which are deleted.
        life = life.World.FailureProbability == 0 ? life : life with
        {
            Steps = [.. life.Steps.Where(step => step is Step.Wait)],
            World = life.World with { WatchJitterMilliseconds = 0 },
        };
        var world = Start(life);
        int lastSucceeded = 0, lastFailed = 0;
        RunSteps(world, life, () =>
        {
            Assert.True(world.Status.Succeeded >= lastSucceeded && world.Status.Failed >= lastFailed, "a counter went back");
            (lastSucceeded, lastFailed) = (world.Status.Succeeded, world.Status.Failed);
        });
        Resume(world);
        var status = world.StoredStatus();
        Assert.Empty(status.UncountedTerminatedPods!.Succeeded);
        Assert.Empty(status.UncountedTerminatedPods.Failed);

        // Nothing is deleted but by the controller, so that history stands in the pods that exist: what has lost its finalizer was counted once.
        var history = Enumerable.Range(0, world.PodCount).Where(pod => world.PodExists(pod) && world.PhaseOf(pod) is PodPhase.Succeeded or PodPhase.Failed).ToList();
        var counted = history.Where(pod => (world.FlagsOf(pod) & PodFlags.Finalizer) == PodFlags.None).ToList();
        var succeeded = counted.Where(pod => world.PhaseOf(pod) == PodPhase.Succeeded).ToList();

        // Where the watches overtake each other, 1.24 makes pods too many. Deleted by the sync that completes the Job they count as failed, and
        // of one that ends while it is deleted no promise is made; those that it has not seen when the Job ends it never looks at.
        var lags = life.World.WatchJitterMilliseconds > 0;
        var deleted = lags ? Enumerable.Range(0, world.PodCount).Count(pod => !world.PodExists(pod)) : 0;
        AssertCount(life.Indexed ? succeeded.Select(world.IndexOf).Distinct().Count() : succeeded.Count, status.Succeeded, deleted);
        AssertCount(counted.Count - succeeded.Count, status.Failed, deleted);
        Assert.True(lags || history.Count == counted.Count, "a pod is left uncounted");
        Assert.True(HasCondition(status, "Complete"), "the Job should complete");
        if (life.Indexed)
        {
            Assert.Equal(life.Completions == 1 ? "0" : life.Completions == 2 ? "0,1" : $"0-{life.Completions - 1}", status.CompletedIndexes);
            Assert.Equal(life.Completions, status.Succeeded);
        }
    }

    [Fact]
    public void An_untracked_job_shows_a_recount_of_the_pods_that_exist() => Check(Lives(tracked: false), life =>
    {
        var world = Start(life);
        RunSteps(world, life, () => { });
        Resume(world);
        if (!world.Status.IsFinished)
        {
            AssertRecount(world, life);
        }
    });

    [Fact]
    public void The_counters_of_an_untracked_job_shrink_only_by_pods_that_are_gone() => Check(Lives(tracked: false), life =>
    {
        life = life with { World = JobWorldOptions.Default };
        var world = Start(life);
        var seen = new HashSet<int>();
        int lastSucceeded = 0, lastFailed = 0;
        RunSteps(world, life, () =>
        {
            for (var pod = 0; pod < world.PodCount; pod++)
            {
                if (world.PhaseOf(pod) is PodPhase.Succeeded or PodPhase.Failed)
                {
                    seen.Add(pod);
                }
            }

            var gone = seen.Where(pod => !world.PodExists(pod)).ToList();
            var goneSucceeded = gone.Count(pod => world.PhaseOf(pod) == PodPhase.Succeeded);
            Assert.True(lastSucceeded - world.Status.Succeeded <= goneSucceeded, "a success that still exists is no longer counted");
            Assert.True(lastFailed - world.Status.Failed <= gone.Count - goneSucceeded, "a failure that still exists is no longer counted");
            (lastSucceeded, lastFailed) = (world.Status.Succeeded, world.Status.Failed);
        });
    });

    [Fact]
    public void Figures_that_are_kept_up_to_date_equal_a_recount_after_every_step() => Check(Lives(), life =>
    {
        var world = Start(life);
        RunSteps(world, life, () => AssertEqual(world.Cached.Pods.Recount(), world.Cached.Pods));
    });

    [Fact]
    public void A_finished_job_stays_as_it_is() => Check(Lives(), life =>
    {
        var world = Start(life);
        RunSteps(world, life, () => { });
        Resume(world);
        if (world.Status.IsFinished)
        {
            var status = world.StoredStatus();
            Assert.Single(status.Conditions, condition => condition.Type is "Complete" or "Failed");
            world.Perform(new() { Operation = JobOperation.SetParallelism, Number = 9 });
            world.Perform(new() { Operation = JobOperation.SetSuspend, Suspend = true });
            Rest(world);
            Assert.Equal(status, world.StoredStatus());
        }
    });

    [Fact]
    public void Suspending_changes_times_and_not_the_result() => Check(Lives(tracked: true, disturbsPods: false), life =>
    {
        var disturbed = Start(life);
        RunSteps(disturbed, life, () => { });
        Resume(disturbed);
        var quiet = Start(life with { World = JobWorldOptions.Default });
        Rest(quiet);
        Assert.Equal(HasCondition(quiet.StoredStatus(), "Complete"), HasCondition(disturbed.StoredStatus(), "Complete"));
        if (life.Indexed)
        {
            Assert.Equal(quiet.StoredStatus().CompletedIndexes, disturbed.StoredStatus().CompletedIndexes);
        }
    });

    [Fact]
    public void The_same_life_twice_leaves_the_same_status() => Check(Lives(), life =>
    {
        var (first, second) = (Start(life), Start(life));
        RunSteps(first, life, () => { });
        RunSteps(second, life, () => { });
        Assert.Equal(first.StoredStatus(), second.StoredStatus());
        Assert.Equal(first.Clock.UtcTicks, second.Clock.UtcTicks);
        Assert.Equal(first.SyncCount, second.SyncCount);
    });

    private static void AssertCount(int atLeast, int actual, int deleted) => Assert.InRange(actual, atLeast, deleted == 0 ? atLeast : int.MaxValue);

    private static void AssertRecount(JobWorld world, Life life)
    {
        var existing = Enumerable.Range(0, world.PodCount).Where(world.PodExists).ToList();
        var succeeded = existing.Where(pod => world.PhaseOf(pod) == PodPhase.Succeeded).ToList();
        Assert.Equal(existing.Count(pod => world.PhaseOf(pod) == PodPhase.Failed), world.Status.Failed);
        var indexes = succeeded.Select(world.IndexOf).Distinct().Order().ToArray();
        Assert.Equal(life.Indexed ? indexes.Length : succeeded.Count, world.Status.Succeeded);
        if (life.Indexed)
        {
            Assert.Equal(CompletedIndexes.None.With(indexes).ToString(), world.StoredStatus().CompletedIndexes);
        }
    }

    private static void AssertEqual(JobPodTable expected, JobPodTable actual)
    {
        Assert.Equal(expected.Active.Order(), actual.Active.Order());
        Assert.Equal(expected.Ended.Order(), actual.Ended.Order());
        Assert.Equal(expected.Unclaimed.Order(), actual.Unclaimed.Order());
        Assert.Equal(
            (expected.ReadyCount, expected.FinalizerCount, expected.SucceededCount, expected.FailedCount, expected.RestartCount),
            (actual.ReadyCount, actual.FinalizerCount, actual.SucceededCount, actual.FailedCount, actual.RestartCount));
        Assert.Equal(
            (expected.UncountedSucceededCount, expected.UncountedFailedCount, expected.StrayActiveCount, expected.DuplicateActiveCount),
            (actual.UncountedSucceededCount, actual.UncountedFailedCount, actual.StrayActiveCount, actual.DuplicateActiveCount));
        Assert.Equal(expected.SucceededIndexes.ToString(), actual.SucceededIndexes.ToString());
    }

    private static void Check(Arbitrary<Life> lives, Action<Life> property) =>
        Prop.ForAll(lives, property).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static JobWorld Start(Life life) => new(
        NewJob(life.Completions, life.Parallelism, life.Indexed, life.Tracked, backoffLimit: 1_000), JobTestData.Start, Profile(life.Tracked),
        new FailingFirst(life.Failures, life.Seed), life.World,
        TimeSpan.FromSeconds(1), [], log: null);

    private static void RunSteps(JobWorld world, Life life, Action afterEach)
    {
        foreach (var step in life.Steps)
        {
            switch (step)
            {
                case Step.Suspend suspend:
                    world.Perform(new() { Operation = JobOperation.SetSuspend, Suspend = suspend.On });
                    break;
                case Step.Scale scale:
                    world.Perform(new() { Operation = JobOperation.SetParallelism, Number = scale.Parallelism });
                    break;
                case Step.Delete delete when delete.Pod < world.PodCount:
                    world.Perform(new() { Operation = delete.Force ? JobOperation.ForceDeletePod : JobOperation.DeletePod, Target = world.Identity(delete.Pod) });
                    break;
                case Step.Phase phase when phase.Pod < world.PodCount && world.PhaseOf(phase.Pod) is PodPhase.Pending or PodPhase.Running or PodPhase.Unknown:
                    world.Perform(new() { Operation = JobOperation.PodPhase, Target = $"{world.Identity(phase.Pod)}={phase.To}" });
                    break;
            }

            var until = world.Clock.UtcTicks + ((step is Step.Wait wait ? wait.Seconds : 0) * TimeSpan.TicksPerSecond);
            while (world.Step(until))
            {
                afterEach();
            }

            world.RunUntil(until);
        }
    }

    private static void Resume(JobWorld world)
    {
        world.Perform(new() { Operation = JobOperation.SetSuspend, Suspend = false });
        world.Perform(new() { Operation = JobOperation.SetParallelism, Number = Math.Max(3, world.Job.Spec.Parallelism ?? 1) });
        Rest(world);
    }

    private static void Rest(JobWorld world) => world.RunUntil(world.Clock.UtcTicks + TimeSpan.FromDays(2).Ticks);

    private static IEnumerable<Life> Shrink(Life life)
    {
        for (var size = life.Steps.Length / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= life.Steps.Length; at += size)
            {
                yield return life with { Steps = [.. life.Steps[..at], .. life.Steps[(at + size)..]] };
            }
        }

        if (!life.IsPerfect)
        {
            foreach (var world in new[]
            {
                JobWorldOptions.Default,
                life.World with { FailureProbability = 0 },
                life.World with { WatchJitterMilliseconds = 0 },
                life.World with { ApiLatencyMilliseconds = 0 },
            })
            {
                if (world != life.World)
                {
                    yield return life with { World = world };
                }
            }
        }

        if (life.Failures > 0)
        {
            yield return life with { Failures = life.Failures - 1 };
        }

        if (life.Completions > 1)
        {
            yield return life with { Completions = life.Completions - 1 };
        }
    }

    /// <summary>Pods that run some seconds; the first few for an index, or of the Job, fail.</summary>
    private sealed class FailingFirst(int failures, ulong seed) : IPodStepsSource
    {
        public PodSteps Next(int index, int attempt)
        {
            var random = SeededRandom.Stream(seed, $"{index}.{attempt}");
            return PodSteps.Of(Plan(
                random.Next(12), attempt <= failures ? "Failed" : "Succeeded", random.NextDouble() * 2, random.NextDouble() * 4));
        }
    }
}
