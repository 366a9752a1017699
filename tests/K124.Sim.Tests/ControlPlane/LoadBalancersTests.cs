using K124.Sim.Model;
using K124.Sim.Networking.LoadBalancers;

namespace K124.Sim.Tests.ControlPlane;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

public class LoadBalancersTests
{
    private static readonly ObjectKey Web = new("default", "web");

    [Fact]
    public void A_Service_gets_an_address_when_the_plan_says_so()
    {
        var plane = Plane(static _ => new() { After = TimeSpan.FromSeconds(30) });
        Assert.True(plane.Create(Service(null)).Succeeded);

        plane.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(Ingress(plane));

        plane.RunUntilQuiet();
        Assert.Equal("203.0.113.1", Assert.Single(Ingress(plane)).IP);
        Assert.Contains("service.kubernetes.io/load-balancer-cleanup", plane.Get<Service>(Web)!.Metadata.Finalizers);
    }

    [Fact]
    public void A_class_is_somebody_elses()
    {
        var plane = Plane(static _ => new());
        plane.Create(Service("example.com/internal"));
        plane.RunUntilQuiet();

        Assert.Empty(Ingress(plane));
        Assert.Empty(plane.Get<Service>(Web)!.Metadata.Finalizers);
    }

    [Fact]
    public void A_deleted_Service_goes_when_its_load_balancer_is_gone()
    {
        var plane = Plane(static _ => new() { Ingress = [new() { Hostname = "lb.example.com" }] });
        plane.Create(Service(null));
        plane.RunUntilQuiet();
        Assert.Equal("lb.example.com", Assert.Single(Ingress(plane)).Hostname);

        plane.Delete<Service>(Web);
        Assert.NotNull(plane.Get<Service>(Web));
        plane.RunUntilQuiet();
        Assert.Null(plane.Get<Service>(Web));
        Assert.Contains(plane.Timeline, static entry => entry.Event is { Reason: "DeletedLoadBalancer" });
    }

    [Fact]
    public void A_cloud_that_refuses_is_asked_again()
    {
        var plane = Plane(static _ => new() { Error = "quota exceeded" });
        plane.Create(Service(null));
        plane.Advance(TimeSpan.FromSeconds(10));

        Assert.Empty(Ingress(plane));
        Assert.True(plane.Timeline.Count(static entry => entry.Event is { Reason: "SyncLoadBalancerFailed" }) > 2);
    }

    [Fact]
    public void Without_a_cloud_a_Service_waits()
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1));
        plane.Create(Service(null));

        Assert.True(plane.RunUntilQuiet());
        Assert.Empty(Ingress(plane));
    }

    private static ControlPlane Plane(Func<Service, LoadBalancerPlan?> cloud) => new(LivingCluster.Of(nodes: 1), new() { LoadBalancers = cloud });

    private static IReadOnlyList<LoadBalancerIngress> Ingress(ControlPlane plane) => [.. plane.Get<Service>(Web)!.Status?.LoadBalancer?.Ingress ?? []];

    private static Service Service(string? loadBalancerClass) => new()
    {
        Metadata = new() { Name = "web", Namespace = "default" },
        Spec = new() { Type = "LoadBalancer", LoadBalancerClass = loadBalancerClass, Ports = [new() { Port = 80 }] },
    };
}
