using K124.Sim.Batch;
using K124.Sim.Batch.Internal;
using K124.Sim.Tests.Reference;
using static K124.Sim.Tests.Batch.JobTestData;

namespace K124.Sim.Tests.Batch;

public class JobReferenceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void The_incremental_controller_equals_one_that_recounts_everything(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var completions = 1 + (int)random.Next(60);
        var parallelism = 1 + (int)random.Next(12);
        var backoffLimit = (int)random.Next(10);
        var naive = new NaiveJobController.NaiveJob(completions, parallelism, backoffLimit);
        var world = new JobWorld(
            NewJob(completions, parallelism, backoffLimit: backoffLimit), Start, Gates(tracked: true) with { JobReadyPods = false }, default,
            new PlannedSteps(K124.Sim.Model.StringMap<PodPlan>.Empty, null), JobWorldOptions.Default, TimeSpan.Zero, [], log: null);
        world.RunUntil(world.Clock.UtcTicks);
        naive.Sync();
        for (var round = 0; round < 400 && naive.Condition.Length == 0; round++)
        {
            var active = naive.Pods.Where(pod => pod.Phase == NaiveJobController.Phase.Pending).ToList();
            if (active.Count == 0)
            {
                break;
            }

            var pod = active[(int)random.Next(active.Count)];
            var fails = random.Next(8) == 0;
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
