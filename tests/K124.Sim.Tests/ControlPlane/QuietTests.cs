using K124.Sim.ControlPlane;
using K124.Sim.Model;

namespace K124.Sim.Tests.ControlPlane;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>When nothing is left to do but to try again, a cluster is quiet; and it does try again.</summary>
public class QuietTests
{
    [Fact]
    public void A_controller_that_fails_for_ever_lets_the_cluster_be_quiet()
    {
        var plane = StoppedByQuota();

        Assert.True(plane.RunUntilQuiet());
        Assert.Single(plane.List<Pod>());
        Assert.True(plane.Now - Start < TimeSpan.FromHours(1), $"{plane.Now - Start}");
    }

    [Fact]
    public void It_tries_again_all_the_same()
    {
        var plane = StoppedByQuota();
        plane.RunUntilQuiet();
        var quota = plane.List<ResourceQuota>().Single();
        plane.Apply(quota with { Spec = quota.Spec with { Hard = StringMap.Of(("pods", Quantity.Parse("3"))) } });
        plane.Advance(TimeSpan.FromSeconds(1100));

        Assert.Equal(3, plane.List<Pod>().Count());
    }

    [Fact]
    public void A_namespace_that_an_object_of_the_cluster_lives_in_exists()
    {
        var deployment = LivingCluster.Deployment("web", 2);
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1).Add(deployment with { Metadata = deployment.Metadata with { Namespace = "shop" } }));
        plane.RunUntilQuiet();

        Assert.Equal("Active", plane.Get<Namespace>(new("", "shop"))!.Status.Phase);
        Assert.Equal(2, plane.List<Pod>().Count(static pod => pod.Status.Phase == "Running"));
    }

    private static DateTimeOffset Start => new ControlPlaneOptions().Start;

    private static ControlPlane StoppedByQuota()
    {
        var quota = new ResourceQuota { Metadata = new() { Name = "q", Namespace = "default" }, Spec = new() { Hard = StringMap.Of(("pods", Quantity.Parse("1"))) } };
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1).Add(quota));
        plane.Advance(TimeSpan.FromSeconds(1));
        plane.Apply(LivingCluster.Deployment("web", 3));
        return plane;
    }
}
