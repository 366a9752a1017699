using System.Collections.Immutable;
using K124.Sim.Platform.LeaderMigration;

namespace K124.Sim.Tests.Platform;

public class LeaderMigrationTests
{
    private const string Kube = "kube-controller-manager";
    private const string Cloud = "cloud-controller-manager";

    private static readonly ImmutableArray<string> OfKube = ["deployment", "service", "route"];
    private static readonly ImmutableArray<string> OfCloud = ["cloud-node", "service", "route"];

    private static readonly LeaderMigrationConfig Before = LeaderMigrationConfig.Default with { ControllerLeaders = [new("service", Kube), new("route", Kube)] };
    private static readonly LeaderMigrationConfig After = LeaderMigrationConfig.Default with { ControllerLeaders = [new("service", Cloud), new("route", Cloud)] };

    [Fact]
    public void The_way_of_the_documentation_never_has_two()
    {
        // Old control plane with the old file, new one with the new file, two replicas each, in every order.
        var exploration = new MigrationExploration(
            new("kube-1", Kube, OfKube, Before), new("kube-2", Kube, OfKube, After), new("cloud-1", Cloud, OfCloud, Before), new("cloud-2", Cloud, OfCloud, After));

        Assert.Null(exploration.FindTwo());
        Assert.NotNull(exploration.FindRunning("service"));
        Assert.NotNull(exploration.FindRunning("cloud-node"));
    }

    [Fact]
    public void The_default_never_has_two()
    {
        Assert.Null(new MigrationExploration(new("kube", Kube, OfKube, LeaderMigrationConfig.Default), new("cloud", Cloud, OfCloud, LeaderMigrationConfig.Default)).FindTwo());
    }

    [Fact]
    public void A_component_without_migration_makes_two()
    {
        var way = new MigrationExploration(new("kube", Kube, OfKube), new("cloud", Cloud, OfCloud, After)).FindTwo();

        Assert.Equal(
            ["cloud gets its main lock", "cloud gets the migration lock", "cloud starts", "kube gets its main lock", "kube starts"],
            way!.Value.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Locks_of_different_names_make_two()
    {
        Assert.NotNull(new MigrationExploration(
            new("kube", Kube, OfKube, LeaderMigrationConfig.Default), new("cloud", Cloud, OfCloud, LeaderMigrationConfig.Default with { LeaderName = "another" })).FindTwo());
    }

    [Fact]
    public void A_controller_that_belongs_to_an_absent_component_runs_nowhere()
    {
        Assert.Null(new MigrationExploration(new ManagerProcess("kube", Kube, ["nodeipam"], LeaderMigrationConfig.Default with { ControllerLeaders = [new("nodeipam", Cloud)] }))
            .FindRunning("nodeipam"));
    }
}
