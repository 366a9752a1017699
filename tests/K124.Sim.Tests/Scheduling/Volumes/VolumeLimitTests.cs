using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Tests.Scheduling.Volumes;

/// <summary>Pods on nodes whose volumes cannot be told fail every attempt of a pod that has volumes to count there.</summary>
public sealed class VolumeLimitTests
{
    private const string Driver = "csi.example.com";

    [Fact]
    public void An_ephemeral_claim_of_another_owner_on_a_node_fails_the_attempt()
    {
        var scheduler = SchedulerWith(
            new() { Name = "scratch", Ephemeral = new() { VolumeClaimTemplate = new() { Spec = new() } } },
            Claim("present-scratch"));
        var result = scheduler.Schedule(Pod("incoming", Of("data")));
        Assert.Equal(SchedulingOutcome.Error, result.Outcome);
        Assert.Equal(
            "running \"NodeVolumeLimits\" filter plugin: PVC default/present-scratch was not created for pod default/present (pod is not owner)", result.Message);
    }

    [Fact]
    public void A_claim_without_a_name_on_a_node_fails_the_attempt()
    {
        var result = SchedulerWith(Of("")).Schedule(Pod("incoming", Of("data")));
        Assert.Equal(SchedulingOutcome.Error, result.Outcome);
        Assert.Contains("PersistentVolumeClaim had no name", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_that_is_not_there_of_a_pod_on_a_node_does_not_count() =>
        Assert.True(SchedulerWith(Of("gone")).Schedule(Pod("incoming", Of("data"))).IsScheduled);

    [Fact]
    public void Pods_without_volumes_do_not_care() =>
        Assert.True(SchedulerWith(Of("")).Schedule(Pod("incoming")).IsScheduled);

    private static Scheduler SchedulerWith(Volume present, params IApiObject[] others)
    {
        var pod = Pod("present", present);
        return new(Cluster.Of(
        [
            new Node { Metadata = new() { Name = "n1" }, Status = new() { Allocatable = StringMap<Quantity>.Empty.With("pods", Quantity.Parse("110")) } },
            new CSINode { Metadata = new() { Name = "n1" }, Spec = new() { Drivers = [new() { Name = Driver, NodeID = "n1", Allocatable = new() { Count = 5 } }] } },
            new PersistentVolume
            {
                Metadata = new() { Name = "pv" },
                Spec = new() { Csi = new() { Driver = Driver, VolumeHandle = "pv" }, ClaimRef = new() { Namespace = "default", Name = "data" } },
                Status = new() { Phase = "Bound" },
            },
            Claim("data") with { Spec = new() { VolumeName = "pv" } },
            pod with { Spec = pod.Spec with { NodeName = "n1" } },
            .. others,
        ]));
    }

    private static PersistentVolumeClaim Claim(string name) => new()
    {
        Metadata = new() { Namespace = "default", Name = name, Annotations = StringMap<string>.Empty.With("pv.kubernetes.io/bind-completed", "yes") },
        Status = new() { Phase = "Bound" },
    };

    private static Volume Of(string claim) => new() { Name = "data", PersistentVolumeClaim = new() { ClaimName = claim } };

    private static Pod Pod(string name, params ImmutableArray<Volume> volumes) => new()
    {
        Metadata = new() { Namespace = "default", Name = name, Uid = name },
        Spec = new() { Containers = [new() { Name = "c" }], Volumes = volumes },
    };
}
