using FsCheck.Xunit;
using K124.Sim.Scheduling;

namespace K124.Sim.Tests.Scheduling;

public sealed class SchedulerCheckpointTests
{
    [Property(MaxTest = 300, QuietOnSuccess = true)]
    public void Rolling_back_leaves_no_trace(FsCheck.DoNotSize<int> seed)
    {
        var dice = new ClusterDice(seed.Item);
        var nodes = Enumerable.Range(0, 2 + dice.Below(11)).Select(dice.Node).ToList();
        var cluster = Cluster.Of(dice.Objects(nodes, 3 * nodes.Count));
        var options = new SchedulerOptions { TieBreak = TieBreak.Seeded, Seed = 7 };
        var (tried, untouched) = (new Scheduler(cluster, options), new Scheduler(cluster, options));
        var (history, future) = (new SchedulerDice(seed.Item, cluster), new SchedulerDice(seed.Item, cluster));
        history.Steps(tried, 8);
        future.Steps(untouched, 8);

        using (var outer = tried.Checkpoint())
        {
            var detour = history.Fork();
            detour.Steps(tried, 5);
            using (var inner = tried.Checkpoint())
            {
                detour.Fork().Steps(tried, 6);
                tried.Rollback(inner);
            }

            detour.Steps(tried, 5);
            tried.Rollback(outer);
            if (seed.Item % 2 == 0)
            {
                history.Fork().Steps(tried, 6);
                tried.Rollback(outer);
            }
        }

        Assert.Equal(future.Steps(untouched, 12), history.Steps(tried, 12));
    }

    [Fact]
    public void A_checkpoint_is_good_until_an_earlier_one_is_gone_back_to()
    {
        var scheduler = new Scheduler(Cluster.Empty);
        using var first = scheduler.Checkpoint();
        var second = scheduler.Checkpoint();
        scheduler.Rollback(first);
        scheduler.Rollback(first);
        Assert.Throws<ObjectDisposedException>(() => scheduler.Rollback(second));
        Assert.Throws<ArgumentException>(() => new Scheduler(Cluster.Empty).Rollback(first));
        second.Dispose();
    }
}
