using FsCheck.Xunit;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.ExtensionPoints;
using K124.Sim.Tests.Scheduling.Guard;

namespace K124.Sim.Tests.Scheduling;

public sealed class SchedulerForkTests
{
    [Fact]
    public void What_one_side_does_the_other_does_not_see()
    {
        var scheduler = new Scheduler(Cluster.Of(Node("n1", "1"), Node("n2", "1")));
        scheduler.Assume(Pod("a", "600m"), "n1");
        var fork = scheduler.Fork();
        scheduler.Assume(Pod("b", "600m"), "n2");
        fork.Apply(Node("n3", "4"));
        Assert.False(scheduler.Schedule(Pod("c", "600m")).IsScheduled);
        Assert.Equal("n3", fork.Schedule(Pod("c", "3")).NodeName);
        fork.Assume(Pod("d", "3500m"), "n3");
        Assert.Equal("n2", fork.Schedule(Pod("c", "600m")).NodeName);
        fork.Forget(ObjectKey.Of(Pod("a", "600m")));
        Assert.Throws<InvalidOperationException>(() => scheduler.Assume(Pod("a", "600m"), "n1"));
    }

    [Fact]
    public void A_fork_has_no_checkpoints()
    {
        var scheduler = new Scheduler(Cluster.Of(Node("n1", "1")));
        using var checkpoint = scheduler.Checkpoint();
        scheduler.Assume(Pod("a", "1"), "n1");
        scheduler.Forget(ObjectKey.Of(Pod("a", "1")));
        scheduler.Assume(Pod("b", "1"), "n1");
        var fork = scheduler.Fork();
        var error = Assert.Throws<ArgumentException>(() => fork.Rollback(checkpoint));
        Assert.StartsWith("The checkpoint is another scheduler's.", error.Message);
        scheduler.Rollback(checkpoint);
        Assert.True(scheduler.Schedule(Pod("c", "1")).IsScheduled);
        Assert.False(fork.Schedule(Pod("c", "1")).IsScheduled);
    }

    [Fact]
    public void Both_sides_go_on_with_the_same_draws()
    {
        var scheduler = new Scheduler(
            Cluster.Of(Enumerable.Range(0, 50).Select(static i => Node($"n{i}", "1"))), new() { TieBreak = TieBreak.Seeded, Seed = 7 });
        scheduler.Place(Pod("first", "1"));
        var fork = scheduler.Fork();
        var (here, there) = (Draws(scheduler), Draws(fork));
        Assert.Equal(here, there);
        Assert.True(here.Distinct().Count() > 10);

        static string[] Draws(Scheduler side) => [.. Enumerable.Range(0, 20).Select(i => side.Place(Pod($"p{i}", "1")).NodeName!)];
    }

    [Fact]
    public void A_plugin_that_keeps_what_it_reserves_has_to_say_how_it_forks()
    {
        var scheduler = SchedulerWith(new Seats("Seats", 1, []));
        var error = Assert.Throws<InvalidOperationException>(() => scheduler.Fork());
        Assert.Contains("'Seats'", error.Message);
        Assert.Contains(nameof(IForkablePlugin), error.Message);
    }

    [Fact]
    public void Each_side_has_its_own_forkable_plugin()
    {
        var scheduler = SchedulerWith(new ForkableSeats(2, 0));
        Assert.True(scheduler.Place(Pod("a", "100m")).IsScheduled);
        var fork = scheduler.Fork();
        Assert.True(scheduler.Place(Pod("b", "100m")).IsScheduled);
        Assert.False(scheduler.Place(Pod("c", "100m")).IsScheduled);
        Assert.True(fork.Place(Pod("c", "100m")).IsScheduled);
        Assert.False(fork.Place(Pod("d", "100m")).IsScheduled);
    }

    [Property(MaxTest = 60, Arbitrary = [typeof(CaseSeeds)], QuietOnSuccess = true)]
    public void Sides_on_threads_of_their_own_equal_the_reference(CaseSeed seed)
    {
        const int Sides = 3;
        var initial = SchedulerCases.Small(seed.Value);
        var pair = new SchedulerPair(initial, tally: null);
        var half = initial.Operations.Length / 2;
        foreach (var operation in initial.Operations[..half])
        {
            Assert.Null(pair.Run(operation));
        }

        SchedulerPair[] sides = [pair, .. Enumerable.Range(1, Sides - 1).Select(_ => pair.Fork())];
        var differences = new string?[Sides];
        Parallel.For(0, Sides, side => differences[side] = RunFrom(sides[side], [.. initial.Operations[half..].Skip(7 * side)]));
        Assert.All(differences, Assert.Null);
    }

    private static string? RunFrom(SchedulerPair pair, SchedulerOperation[] operations)
    {
        foreach (var operation in operations)
        {
            if (pair.Run(operation) is { } difference)
            {
                return $"{operation}\n{difference}";
            }
        }

        return pair.CompareSides();
    }

    private static Scheduler SchedulerWith(ISchedulerPlugin plugin)
    {
        var plugins = SchedulerProfile.Default.Plugins;
        var profile = SchedulerProfile.Default with { Plugins = plugins with { Reserve = [.. plugins.Reserve, plugin.Name] } };
        return new(Cluster.Of(Node("n1", "4")), new() { Plugins = [plugin], Configuration = new() { Profiles = [profile] } });
    }

    private static Node Node(string name, string cpu) => new()
    {
        Metadata = new() { Name = name },
        Status = new() { Allocatable = StringMap<Quantity>.Empty.With("cpu", Quantity.Parse(cpu)).With("pods", Quantity.Parse("110")) },
    };

    private static Pod Pod(string name, string cpu) => new()
    {
        Metadata = new() { Namespace = "default", Name = name },
        Spec = new() { Containers = [new() { Name = "c", Resources = new() { Requests = StringMap<Quantity>.Empty.With("cpu", Quantity.Parse(cpu)) } }] },
    };

    /// <summary>So many seats, some of them taken.</summary>
    private sealed class ForkableSeats(int seats, int taken) : IReservePlugin, IForkablePlugin
    {
        private int _taken = taken;

        public string Name => nameof(ForkableSeats);

        public ISchedulerPlugin Fork() => new ForkableSeats(seats, _taken);

        public string? Reserve(Pod pod, string nodeName)
        {
            if (_taken == seats)
            {
                return "no seat";
            }

            _taken++;
            return null;
        }

        public void Unreserve(Pod pod, string nodeName) => _taken--;
    }
}
