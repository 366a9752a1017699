using K124.Sim.Model;
using K124.Sim.Scheduling.Queue;
using static K124.Sim.Tests.ControlPlane.LoopCluster;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.ControlPlane;

public sealed class SchedulerLoopTests
{
    private static Pod Of(string name, PriorityClass priorityClass, int cpuMilli = 1000)
    {
        var pod = LivingCluster.Pod(name, cpuMilli);
        return pod with { Spec = pod.Spec with { PriorityClassName = priorityClass.Metadata.Name } };
    }

    private static Pod Victim(long graceSeconds) => PodOf("victim", "4") with { Spec = SpecOf("4") with { TerminationGracePeriodSeconds = graceSeconds } };

    [Fact]
    public void Pods_are_bound_by_priority_with_events_and_conditions()
    {
        var plane = LoopCluster.Of(NodeOf("a"), High, PodOf("low"), PodOf("high", priority: 100));
        var start = plane.Now;
        Assert.True(plane.RunUntilQuiet());
        Assert.Equal(start, plane.Now);
        Assert.Equal(["0 Scheduled high", "0 Scheduled low"], plane.Lines("Scheduled"));
        Assert.Equal(("Normal", "Successfully assigned default/high to a"), plane.Events().Select(static report => (report.Type, report.Message)).First());
        var pod = plane.Pod("high");
        Assert.Equal(("a", "Running", start), (pod.Spec.NodeName, pod.Status.Phase, pod.Status.StartTime));
        Assert.Equal("True", pod.Status.Conditions.Single(static condition => condition.Type == "PodScheduled").Status);
    }

    [Fact]
    public void Preemption_is_carried_out_gracefully()
    {
        var plane = LoopCluster.Of(NodeOf("a"), High, Victim(graceSeconds: 7));
        plane.Advance(TimeSpan.FromSeconds(0.5));
        Assert.True(plane.Create(Of("high", High)).Succeeded);
        plane.Settle();
        var high = plane.Pod("high");
        Assert.Equal(("a", "", 100, "PreemptLowerPriority"), (high.Status.NominatedNodeName, high.Spec.NodeName, high.Spec.Priority, high.Spec.PreemptionPolicy));
        Assert.Equal(("False", "Unschedulable", "0/1 nodes are available: 1 Insufficient cpu."), (high.Status.Conditions[0].Status, high.Status.Conditions[0].Reason, high.Status.Conditions[0].Message));
        Assert.Equal(7, plane.Pod("victim").Metadata.DeletionGracePeriodSeconds);
        Assert.Equal("Preempted by a pod on node a", plane.Events().Single(static report => report.Reason == "Preempted").Message);
        plane.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(
            ["0 Scheduled victim", "0.5 Preempted victim", "0.5 FailedScheduling high", "7.5 Gone victim", "7.5 Scheduled high"],
            plane.Lines("Scheduled", "Preempted", "FailedScheduling", "Gone"));
        Assert.Equal("a", plane.Pod("high").Status.NominatedNodeName);
    }

    [Fact]
    public void A_pod_whose_room_is_gone_loses_its_nomination()
    {
        var plane = LoopCluster.Of(NodeOf("a"), High, Victim(graceSeconds: 7));
        plane.Settle();
        plane.Create(Of("high", High));
        plane.Settle();
        Assert.Equal("a", plane.Pod("high").Status.NominatedNodeName);
        Assert.Null(plane.Apply(NodeOf("a", taints: new Taint { Key = "maintenance", Effect = "NoSchedule" })).Status);
        plane.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(("", ""), (plane.Pod("high").Status.NominatedNodeName, plane.Pod("high").Spec.NodeName));
        Assert.Null(plane.Loop().Queue.Nominator.NodeOf(plane.Pod("high")));
    }

    [Fact]
    public void A_pod_of_higher_priority_takes_the_nomination_of_a_lower_one()
    {
        var highest = High with { Metadata = new() { Name = "highest" }, Value = 1_000 };
        var plane = LoopCluster.Of(NodeOf("a"), High, highest, Victim(graceSeconds: 7));
        plane.Settle();
        plane.Create(Of("high", High, 4000));
        plane.Settle();
        plane.Create(Of("highest", highest, 4000));
        plane.Settle();
        Assert.Equal(("", "a"), (plane.Pod("high").Status.NominatedNodeName, plane.Pod("highest").Status.NominatedNodeName));
        plane.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(("", "a"), (plane.Pod("high").Spec.NodeName, plane.Pod("highest").Spec.NodeName));
    }

    [Fact]
    public void A_woken_pod_waits_for_its_backoff_and_is_flushed_at_a_whole_second()
    {
        var plane = LoopCluster.Of(StopAfter(TimeSpan.FromSeconds(0.25), new() { Release = KubernetesRelease.Parse("1.24.4") }), NodeOf("a"), High, PodOf("victim", "4"));
        plane.Plan(plane.Now.AddSeconds(0.5), new K124.Sim.ControlPlane.UserAction.Apply(Of("high", High)));
        plane.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["0 Scheduled victim", "2 Scheduled high"], plane.Lines("Scheduled"));
        Assert.Equal("Preempted by default/high on node a", plane.Events().Single(static report => report.Reason == "Preempted").Message);
    }

    [Fact]
    public void A_Never_pod_waits_ahead_and_evicts_nobody()
    {
        var plane = LoopCluster.Of(NodeOf("a"), Never, PodOf("there", "4"));
        plane.Settle();
        plane.Create(Of("waits", Never, 4000));
        plane.Advance(TimeSpan.FromSeconds(3));
        plane.Create(LivingCluster.Pod("later", 4000));
        plane.Advance(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(plane.Events(), static report => report.Reason == "Preempted");
        var waits = plane.Pod("waits");
        Assert.Equal("0/1 nodes are available: 1 Insufficient cpu. preemption: not eligible due to preemptionPolicy=Never.", waits.Status.Conditions[0].Message);
        Assert.Equal("", waits.Status.NominatedNodeName);
        Assert.Equal(2, plane.Loop().Queue.UnschedulableCount);
        plane.Delete<Pod>(Key("there"));
        plane.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("a", plane.Pod("waits").Spec.NodeName);
        Assert.Equal("", plane.Pod("later").Spec.NodeName);
    }

    [Fact]
    public void Nothing_is_kept_for_a_Never_pod_in_backoff()
    {
        var plane = LoopCluster.Of(StopAfter(TimeSpan.FromMilliseconds(10)), NodeOf("a"), Never, PodOf("there", "4"));
        plane.Settle();
        plane.Create(Of("waits", Never, 4000));
        plane.Settle();
        plane.Delete<Pod>(Key("there"));
        plane.Advance(TimeSpan.FromMilliseconds(20));
        plane.Create(LivingCluster.Pod("quick", 4000));
        plane.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("a", plane.Pod("quick").Spec.NodeName);
        Assert.Equal(QueuedPodPlace.Unschedulable, plane.Loop().Queue.Find(Key("waits"))!.Place);
    }

    [Fact]
    public void A_failed_binding_forgets_the_pod_and_backs_off()
    {
        var attempts = 0;
        var options = Options() with { Connect = (_, client) => new BindingFaults(client, _ => ++attempts == 1 ? "etcd is away" : null) };
        var plane = LoopCluster.Of(options, NodeOf("a"), PodOf("p", "4"));
        plane.Settle();
        Assert.Equal(1, plane.Loop().Queue.BackoffCount);
        var failed = plane.Pod("p").Status.Conditions[0];
        Assert.Equal(("SchedulerError", "binding rejected: running Bind plugin \"DefaultBinder\": etcd is away"), (failed.Reason, failed.Message));
        plane.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["0 FailedScheduling p", "1 Scheduled p"], plane.Lines("FailedScheduling", "Scheduled"));
    }

    [Fact]
    public void A_deleted_pod_is_skipped_and_a_foreign_one_is_left_alone()
    {
        var deleting = PodOf("deleting") with { Metadata = PodOf("deleting").Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch } };
        var foreign = PodOf("foreign") with { Spec = SpecOf() with { SchedulerName = "other" } };
        var plane = LoopCluster.Of(NodeOf("a"), deleting, foreign);
        plane.Advance(TimeSpan.FromMinutes(10));
        var warning = Assert.Single(plane.Events());
        Assert.Equal(("FailedScheduling", "skip schedule deleting pod: default/deleting"), (warning.Reason, warning.Message));
        Assert.Equal(0, plane.Loop().Queue.Count);
    }

    [Fact]
    public void A_node_wakes_only_pods_that_it_could_take()
    {
        var plane = LoopCluster.Of(PodOf("small"), PodOf("large", "9"));
        plane.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("no nodes available to schedule pods", plane.Pod("small").Status.Conditions[0].Message);
        plane.Create(NodeOf("a"));
        Assert.Equal(plane.Now, plane.NextAt);
        Assert.Equal((1, 1), (plane.Loop().Queue.ActiveCount, plane.Loop().Queue.UnschedulableCount));
        plane.Settle();
        Assert.Equal("a", plane.Pod("small").Spec.NodeName);
    }

    [Fact]
    public void A_pod_that_ends_makes_room()
    {
        var options = Options() with
        {
            Kubelet = new() { Plan = static pod => pod.Metadata.Name == "first" ? new() { FinishAfter = TimeSpan.FromSeconds(60), Outcome = "Succeeded" } : new() },
        };
        var plane = LoopCluster.Of(options, NodeOf("a"), PodOf("first", "4"), PodOf("second", "4"));
        plane.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(("Succeeded", "a"), (plane.Pod("first").Status.Phase, plane.Pod("second").Spec.NodeName));
    }

    [Fact]
    public void A_long_message_is_cut_in_the_event_alone()
    {
        var taints = Enumerable.Range(0, 60).Select(static i => new Taint { Key = $"key-{i:d2}", Value = "ü", Effect = "NoSchedule" }).ToArray();
        var plane = LoopCluster.Of([PodOf("p"), .. taints.Select(static (taint, i) => NodeOf($"n{i}", taints: taint))]);
        plane.Settle();
        var note = Assert.Single(plane.Events()).Message;
        Assert.EndsWith(" ...", note, StringComparison.Ordinal);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(note), 1_023, 1_024);
        var whole = plane.Pod("p").Status.Conditions[0].Message;
        Assert.StartsWith(note[..^4], whole, StringComparison.Ordinal);
        Assert.EndsWith("scheduling.", whole, StringComparison.Ordinal);
    }
}
