using System.Collections.Immutable;
using FsCheck.Xunit;
using K124.Sim.Platform.LeaderElection;
using K124.Sim.Platform.LeaderMigration;

namespace K124.Sim.Tests.Platform;

public class LeaderElectionTests
{
    private static readonly LeaderElectionConfig Config = new();

    [Property(MaxTest = 60)]
    public void Terms_never_overlap_unless_a_process_freezes(byte[] starts, byte[] ends, bool releases)
    {
        ImmutableArray<CandidatePlan> plans =
        [
            .. starts.Zip(ends).Take(5).Select((pair, index) => new CandidatePlan($"m{index}")
            {
                Start = pair.First * TimeSpan.TicksPerSecond / 10,
                Jitter = [pair.First / 256.0, pair.Second / 256.0],
                ClockOffset = (pair.Second - 128) * TimeSpan.TicksPerHour,
                Crash = index % 2 == 0 ? pair.Second * TimeSpan.TicksPerSecond : null,
                Cancel = index % 2 == 1 ? pair.Second * TimeSpan.TicksPerSecond : null,
                ReleasesOnCancel = releases,
                Outages = [new(pair.Second * TimeSpan.TicksPerSecond / 2, (pair.Second + pair.First) * TimeSpan.TicksPerSecond / 2)],
            }),
        ];
        var terms = LeaderElectionRun.Run(Config, plans, 300 * TimeSpan.TicksPerSecond).Terms;
        Assert.All(terms.Zip(terms.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From, $"{pair.First} and {pair.Second}"));
    }

    [Fact]
    public void Clocks_that_run_apart_too_far_make_two_leaders()
    {
        // Cut off, the leader goes on trying for ten seconds; half of that is enough for a clock that runs twice as fast.
        CandidatePlan[] plans =
        [
            new("slow") { Outages = [new((long)(4.1 * TimeSpan.TicksPerSecond), 14 * TimeSpan.TicksPerSecond)] },
            new("fast") { Start = TimeSpan.TicksPerSecond, ClockRate = 2 },
        ];
        var terms = LeaderElectionRun.Run(Config, plans, 60 * TimeSpan.TicksPerSecond).Terms;
        Assert.Contains(terms.Zip(terms.Skip(1)), pair => pair.First.To > pair.Second.From);
    }

    [Fact]
    public void Takeover_after_a_crash_waits_for_the_lease()
    {
        CandidatePlan[] plans = [new("a") { Crash = TimeSpan.TicksPerSecond }, new("b") { Start = TimeSpan.TicksPerSecond / 2 }];
        var run = LeaderElectionRun.Run(Config, plans, 60 * TimeSpan.TicksPerSecond);
        Assert.InRange(run.Terms[1].From, (long)(15.5 * TimeSpan.TicksPerSecond), (long)(23.8 * TimeSpan.TicksPerSecond));
        Assert.Equal(1, run.Record!.Transitions);
    }

    [Theory]
    [InlineData("kube-controller-manager", "service", "Migrated")]
    [InlineData("kube-controller-manager", "deployment", "NonMigrated")]
    public void Default_migration_moves_the_controllers_of_clouds(string component, string controller, string expected)
    {
        Assert.Equal(expected, LeaderMigrationConfig.Default.Assign(component, controller).ToString());
    }

    [Fact]
    public void No_controller_runs_in_both_components_at_once()
    {
        // Every way in which two components may hold their own locks, and one of them or none the shared one.
        var config = LeaderMigrationConfig.Default with { ControllerLeaders = [new("service", "kube-controller-manager"), new("route", "*")] };
        string[] components = ["kube-controller-manager", "cloud-controller-manager"];
        foreach (var holder in components.Append(""))
        {
            foreach (var controller in (string[])["service", "route"])
            {
                var running = components.Count(component => config.Assign(component, controller) == ControllerLock.Migrated && component == holder);
                Assert.True(running <= 1);
            }
        }
    }
}
