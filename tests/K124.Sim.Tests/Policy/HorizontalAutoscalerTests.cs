using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Policy;
using K124.Sim.Tests.ControlPlane;

namespace K124.Sim.Tests.Policy;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

public class HorizontalAutoscalerTests
{
    private static readonly ObjectKey Web = new("default", "web");

    [Fact]
    public void Load_that_is_shared_is_scaled_for()
    {
        var plane = Scaled(new SharedLoad(500));

        plane.RunUntilQuiet();

        // 500m on pods that are to use half of 100m each.
        Assert.Equal(10, plane.Get<Deployment>(Web)!.Spec.Replicas);
        var status = plane.Get<HorizontalPodAutoscaler>(Web)!.Status;
        Assert.Contains(status.Conditions, static condition => condition is { Type: "ScalingActive", Status: "True", Reason: "ValidMetricFound" });
        Assert.Contains(plane.Timeline, static entry => entry.Event is { Reason: "SuccessfulRescale" } report && report.Message.EndsWith("cpu resource utilization (percentage of request) above target", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_that_ends_is_followed_after_five_minutes()
    {
        var plane = Scaled(new SharedLoad(500, Ends: TimeSpan.FromMinutes(20)));
        plane.Advance(TimeSpan.FromMinutes(19));
        Assert.Equal(10, plane.Get<Deployment>(Web)!.Spec.Replicas);

        plane.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(10, plane.Get<Deployment>(Web)!.Spec.Replicas);
        plane.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(1, plane.Get<Deployment>(Web)!.Spec.Replicas);
    }

    [Fact]
    public void Without_values_nothing_is_scaled_and_the_condition_says_so()
    {
        var plane = Scaled(new SharedLoad(null));

        plane.RunUntilQuiet();

        Assert.Equal(2, plane.Get<Deployment>(Web)!.Spec.Replicas);
        Assert.Contains(plane.Get<HorizontalPodAutoscaler>(Web)!.Status.Conditions, static condition => condition is { Type: "ScalingActive", Status: "False", Reason: "FailedGetResourceMetric" });
    }

    private static ControlPlane Scaled(IUsageModel usage)
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 3), new() { Usage = usage });
        plane.Apply(LivingCluster.Deployment("web", replicas: 2));
        Assert.True(plane.Create(new HorizontalPodAutoscaler
        {
            Metadata = new() { Name = "web", Namespace = "default" },
            Spec = new()
            {
                ScaleTargetRef = new() { ApiVersion = "apps/v1", Kind = "Deployment", Name = "web" },
                MinReplicas = 1,
                MaxReplicas = 20,
                Metrics = [new() { Type = "Resource", Resource = new() { Name = "cpu", Target = new() { Type = "Utilization", AverageUtilization = 50 } } }],
            },
        }).Succeeded);
        return plane;
    }

    /// <summary>So many millicores, shared out among the pods that run.</summary>
    private sealed record SharedLoad(int? Milli, TimeSpan? Ends = null) : IUsageModel
    {
        public long? MilliOf(UsageQuery query, IObjectReader cluster)
        {
            var hasEnded = Ends is { } end && query.Time - new DateTimeOffset(2022, 5, 3, 0, 0, 0, TimeSpan.Zero) >= end;
            return Milli is not { } milli ? null
                : hasEnded ? 0
                : milli / cluster.List<Pod>().Count(static pod => pod.Status.Phase == "Running" && pod.Metadata.DeletionTimestamp is null);
        }
    }
}
