using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Tests.ControlPlane;

namespace K124.Sim.Tests.Planning;

public class RolloutPlannerTests
{
    [Fact]
    public void A_rollout_with_room_takes_as_long_as_its_waves()
    {
        var plan = RolloutPlanner.Plan(Cluster(nodes: 3), [Web("app:2")]);

        // A surge of 25 % of four is one pod, and one may be unavailable: two at a time, ten seconds each.
        Assert.Equal(TimeSpan.FromSeconds(20), plan.Duration);
        Assert.Equal((0, 5), (plan.MissingNodes, plan.PeakPods));
        Assert.Empty(plan.Blocks);
        Assert.True(plan.Workloads.Single().IsComplete);
    }

    [Fact]
    public void A_surge_without_room_names_the_nodes_that_lack()
    {
        var full = LivingCluster.Pod("filler", cpuMilli: 3600);
        var plan = RolloutPlanner.Plan(
            Cluster(nodes: 1, full with { Spec = full.Spec with { NodeName = "n0" } }),
            [Web("app:2") with { Spec = Web("app:2").Spec with { Strategy = new() { Type = "RollingUpdate", RollingUpdate = new() { MaxSurge = new IntOrString(1), MaxUnavailable = new IntOrString(0) } } } }]);

        Assert.Null(plan.Duration);
        Assert.Equal((1, "n0"), (plan.MissingNodes, plan.NodeModel));
        Assert.Contains(plan.Blocks, static block => block is { Reason: "Unschedulable", IsOverAtEnd: false } && block.Message.Contains("Insufficient cpu", StringComparison.Ordinal));
        Assert.Contains(plan.Blocks, static block => block.Reason == "ProgressDeadlineExceeded");
    }

    [Fact]
    public void A_budget_tells_how_tight_it_became()
    {
        var budget = new PodDisruptionBudget
        {
            Metadata = new() { Name = "web", Namespace = "default" },
            Spec = new() { MinAvailable = new IntOrString(3), Selector = new() { MatchLabels = StringMap.Of(("app", "web")) } },
        };

        var plan = RolloutPlanner.Plan(Cluster(nodes: 3, budget), [Web("app:2")]);

        var found = Assert.Single(plan.Budgets);
        Assert.Equal((3, 3, 0), (found.Desired, found.LeastHealthy, found.LeastAllowed));
        Assert.True(found.ClosedFor > TimeSpan.Zero);
    }

    private static Cluster Cluster(int nodes, params IApiObject[] others) => K124.Sim.Cluster.Of([.. LivingCluster.Of(nodes).Objects, Web("app:1"), .. others]);

    private static Deployment Web(string image)
    {
        var deployment = LivingCluster.Deployment("web", 4);
        var spec = deployment.Spec.Template.Spec;
        return deployment with
        {
            Spec = deployment.Spec with
            {
                ProgressDeadlineSeconds = 600,
                Strategy = new() { Type = "RollingUpdate", RollingUpdate = new() { MaxSurge = new IntOrString("25%"), MaxUnavailable = new IntOrString("25%") } },
                Template = deployment.Spec.Template with { Spec = spec with { Containers = [spec.Containers[0] with { Image = image }] } },
            },
        };
    }
}
