using K124.Sim.ControlPlane;
using K124.Sim.Model;

namespace K124.Sim.Tests.ControlPlane;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>A Deployment whose pods find no room.</summary>
public class WaitingRolloutTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Waits_without_end_and_without_work(int replicasBefore)
    {
        var plane = Waiting(replicasBefore, start: TimeSpan.FromMilliseconds(400));

        Assert.True(plane.RunUntilQuiet(TimeSpan.FromMinutes(20)));
        Assert.Equal(plane.Revision, Later(plane).Revision);
    }

    [Fact]
    public void That_was_never_complete_exceeds_its_deadline()
    {
        var plane = Waiting(replicasBefore: 2, start: TimeSpan.Zero);
        plane.RunUntilQuiet(TimeSpan.FromMinutes(20));

        Assert.Contains(plane.List<Deployment>().Single().Status.Conditions, static condition => condition is { Type: "Progressing", Status: "False", Reason: "ProgressDeadlineExceeded" });
    }

    [Fact]
    public void That_was_complete_before_it_grew_never_does()
    {
        var plane = Waiting(replicasBefore: 0, start: TimeSpan.Zero);
        plane.RunUntilQuiet(TimeSpan.FromMinutes(20));

        Assert.Contains(Later(plane).List<Deployment>().Single().Status.Conditions, static condition => condition is { Type: "Progressing", Status: "True", Reason: "NewReplicaSetAvailable" });
    }

    [Fact]
    public void Carries_its_revision_though_the_user_applies_it_without()
    {
        var plane = Waiting(replicasBefore: 0, start: TimeSpan.Zero);
        plane.RunUntilQuiet(TimeSpan.FromMinutes(20));

        Assert.Equal("1", plane.List<Deployment>().Single().Metadata.Annotations["deployment.kubernetes.io/revision"]);
    }

    private static ControlPlane Waiting(int replicasBefore, TimeSpan start)
    {
        var plane = new ControlPlane(LivingCluster.Of(nodes: 1));
        plane.Do(new UserAction.Cordon("n0"));
        plane.Advance(start);
        plane.Apply(LivingCluster.Deployment("d0", replicasBefore));
        plane.Advance(start);
        plane.Apply(LivingCluster.Deployment("d0", 2));
        return plane;
    }

    private static ControlPlane Later(ControlPlane plane)
    {
        plane.Advance(TimeSpan.FromHours(1));
        return plane;
    }
}
