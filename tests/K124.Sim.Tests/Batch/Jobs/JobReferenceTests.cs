using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Batch.Forecast;
using K124.Sim.Batch.Forecast.World;
using K124.Sim.Pods;
using K124.Sim.Tests.Reference;
using static K124.Sim.Tests.Batch.Jobs.JobTestData;

namespace K124.Sim.Tests.Batch.Jobs;

public class JobReferenceTests
{
    public sealed record Lot(int Pod, bool Fails);

    public sealed record Run(int Completions, int Parallelism, int BackoffLimit, Lot[] Lots);

    private static Gen<Run> RunGen =>
        from completions in Gen.Choose(1, 60)
        from parallelism in Gen.Choose(1, 12)
        from backoffLimit in Gen.Choose(0, 9)
        from lots in (from pod in Gen.Choose(0, 11) from die in Gen.Choose(0, 7) select new Lot(pod, die == 0)).ListOf(90)
        select new Run(completions, parallelism, backoffLimit, [.. lots]);

    [Fact]
    public void The_incremental_controller_equals_one_that_recounts_everything() =>
        Prop.ForAll(Arb.From(RunGen, Shrink), Compare).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static void Compare(Run run)
    {
        var (completions, parallelism, backoffLimit, lots) = run;
        var naive = new NaiveJobController.NaiveJob(completions, parallelism, backoffLimit);
        var world = new JobWorld(
            NewJob(completions, parallelism, backoffLimit: backoffLimit), Start, Profile(tracked: true).With("JobReadyPods", false),
            new PlannedSteps(K124.Sim.Model.StringMap<PodPlan>.Empty, null), JobWorldOptions.Default, TimeSpan.Zero, [], log: null);
        world.RunUntil(world.Clock.UtcTicks);
        naive.Sync();
        foreach (var (number, fails) in lots)
        {
            if (naive.Condition.Length > 0)
            {
                break;
            }

            var active = naive.Pods.Where(pod => pod.Phase == NaiveJobController.Phase.Pending).ToList();
            if (active.Count == 0)
            {
                break;
            }

            var pod = active[number % active.Count];
            pod.Phase = fails ? NaiveJobController.Phase.Failed : NaiveJobController.Phase.Succeeded;
            world.Perform(new() { Operation = JobOperation.PodPhase, Target = $"i{pod.Index}.{pod.Attempt}={pod.Phase}" });

            // Past every back-off of the queue.
            world.RunUntil(world.Clock.UtcTicks + TimeSpan.FromMinutes(20).Ticks);
            naive.Sync();
            Assert.Equal(string.Join(',', naive.Completed), string.Join(',', Indexes(world)));
            Assert.Equal(naive.Failed, world.Status.Failed);
            Assert.Equal(
                naive.Pods.Where(p => p.Phase == NaiveJobController.Phase.Pending).Select(p => p.Index).Order(),
                world.Cached.Pods.Active.Select(world.IndexOf).Order());
        }

        Assert.Equal(naive.Condition.Length > 0, world.Status.IsFinished);
        Assert.True(naive.Condition.Length == 0 || HasCondition(world.StoredStatus(), naive.Condition));
    }

    private static IEnumerable<Run> Shrink(Run run)
    {
        for (var size = run.Lots.Length; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= run.Lots.Length; at += size)
            {
                yield return run with { Lots = [.. run.Lots[..at], .. run.Lots[(at + size)..]] };
            }
        }

        if (run.Completions > 1)
        {
            yield return run with { Completions = run.Completions / 2 };
            yield return run with { Completions = run.Completions - 1 };
        }

        if (run.Parallelism > 1)
        {
            yield return run with { Parallelism = run.Parallelism - 1 };
        }
    }

    private static IEnumerable<int> Indexes(JobWorld world)
    {
        foreach (var run in world.Status.CompletedIndexes.Runs.ToArray())
        {
            for (var index = run.First; index <= run.Last; index++)
            {
                yield return index;
            }
        }
    }
}
