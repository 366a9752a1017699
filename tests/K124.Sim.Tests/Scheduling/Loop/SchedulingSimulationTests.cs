using K124.Sim.Model;
using K124.Sim.Scheduling.Loop;
using K124.Sim.Scheduling.Queue;
using static K124.Sim.Tests.Planning.PlanningObjects;

namespace K124.Sim.Tests.Scheduling.Loop;

public sealed class SchedulingSimulationTests
{
    private static readonly ApiKind Pods = ApiKind.Find("v1", "Pod")!;
    private static readonly PriorityClass High = new() { Metadata = new() { Name = "high" }, Value = 100 };
    private static readonly PriorityClass Never = new() { Metadata = new() { Name = "never" }, Value = 100, PreemptionPolicy = "Never" };

    private static ObjectKey Key(string name) => new("default", name);

    private static Pod Of(string name, PriorityClass priorityClass, string cpu = "1") => PodOf(name, cpu) with { Spec = SpecOf(cpu) with { PriorityClassName = priorityClass.Metadata.Name } };

    private static string[] Lines(SchedulingSimulation simulation, params SchedulingLogKind[] kinds) =>
    [
        .. simulation.Log.Where(entry => kinds.Contains(entry.Kind)).Select(entry => $"{(entry.Time - new SchedulingSimulationOptions().Start).TotalSeconds:0.###} {entry.Kind} {entry.Object} {entry.Node}".TrimEnd()),
    ];

    [Fact]
    public void Pods_are_bound_by_priority_with_events_and_conditions()
    {
        var simulation = new SchedulingSimulation(Cluster.Of(NodeOf("a"), High, PodOf("low"), PodOf("high", priority: 100)));
        simulation.AdvanceTo(simulation.Now);
        Assert.Equal(["0 Bound default/high a", "0 Bound default/low a"], Lines(simulation, SchedulingLogKind.Bound));
        var events = simulation.Log.Where(static entry => entry.Kind == SchedulingLogKind.Event).ToList();
        Assert.Equal(("Normal", "Scheduled", "Binding", "Successfully assigned default/high to a"), (events[0].Type, events[0].Reason, events[0].Action, events[0].Message));
        var pod = simulation.Find(Key("high"))!;
        Assert.Equal(("a", "Running", simulation.Now), (pod.Spec.NodeName, pod.Status.Phase, pod.Status.StartTime));
        Assert.Equal(("PodScheduled", "True"), (pod.Status.Conditions.Single().Type, pod.Status.Conditions.Single().Status));
        Assert.Null(simulation.NextEventAt);
    }

    [Fact]
    public void Preemption_is_carried_out_gracefully()
    {
        var victim = PodOf("victim", "4") with { Spec = SpecOf("4") with { TerminationGracePeriodSeconds = 7 } };
        var simulation = new SchedulingSimulation(Cluster.Of(NodeOf("a"), High, victim));
        simulation.AdvanceTo(simulation.Now.AddSeconds(0.5));
        Assert.Null(simulation.Apply(Of("high", High)));
        simulation.AdvanceTo(simulation.Now);
        var high = simulation.Find(Key("high"))!;
        Assert.Equal(("a", "", 100, "PreemptLowerPriority"), (high.Status.NominatedNodeName, high.Spec.NodeName, high.Spec.Priority, high.Spec.PreemptionPolicy));
        Assert.Equal(("False", "Unschedulable", "0/1 nodes are available: 1 Insufficient cpu."), (high.Status.Conditions[0].Status, high.Status.Conditions[0].Reason, high.Status.Conditions[0].Message));
        Assert.Equal(7, simulation.Find(Key("victim"))!.Metadata.DeletionGracePeriodSeconds);
        Assert.Equal("Preempted by a pod on node a", simulation.Log.Single(static entry => entry.Reason == "Preempted").Message);
        Assert.Equal(["default/victim"], simulation.Log.Single(static entry => entry is { Kind: SchedulingLogKind.Unschedulable, Attempt: 1 }).Victims.AsEnumerable());
        simulation.AdvanceTo(simulation.Now.AddMinutes(1));
        Assert.Equal(
            ["0 Bound default/victim a", "0.5 Unschedulable default/high a", "7.5 Deleted default/victim a", "7.5 Bound default/high a"],
            Lines(simulation, SchedulingLogKind.Bound, SchedulingLogKind.Unschedulable, SchedulingLogKind.Deleted));
        Assert.Equal("a", simulation.Find(Key("high"))!.Status.NominatedNodeName);
    }

    [Fact]
    public void A_pod_whose_room_is_gone_loses_its_nomination()
    {
        var victim = PodOf("victim", "4") with { Spec = SpecOf("4") with { TerminationGracePeriodSeconds = 7 } };
        var simulation = new SchedulingSimulation(Cluster.Of(NodeOf("a"), High, victim));
        simulation.AdvanceTo(simulation.Now);
        simulation.Apply(Of("high", High));
        simulation.AdvanceTo(simulation.Now);
        Assert.Equal("a", simulation.Find(Key("high"))!.Status.NominatedNodeName);
        simulation.Apply(NodeOf("a", taints: new Taint { Key = "maintenance", Effect = "NoSchedule" }));
        simulation.AdvanceTo(simulation.Now.AddMinutes(1));
        Assert.Equal(("", ""), (simulation.Find(Key("high"))!.Status.NominatedNodeName, simulation.Find(Key("high"))!.Spec.NodeName));
        Assert.Null(simulation.Queue.Nominator.NodeOf(simulation.Find(Key("high"))!));
    }

    [Fact]
    public void A_pod_of_higher_priority_takes_the_nomination_of_a_lower_one()
    {
        var highest = High with { Metadata = new() { Name = "highest" }, Value = 1_000 };
        var victim = PodOf("victim", "4") with { Spec = SpecOf("4") with { TerminationGracePeriodSeconds = 7 } };
        var simulation = new SchedulingSimulation(Cluster.Of(NodeOf("a"), High, highest, victim));
        simulation.AdvanceTo(simulation.Now);
        simulation.Apply(Of("high", High, "4"));
        simulation.AdvanceTo(simulation.Now);
        simulation.Apply(Of("highest", highest, "4"));
        simulation.AdvanceTo(simulation.Now);
        Assert.Equal(["default/high"], simulation.Log.Last(static entry => entry.Kind == SchedulingLogKind.Unschedulable).ClearedNominations.AsEnumerable());
        Assert.Equal(("", "a"), (simulation.Find(Key("high"))!.Status.NominatedNodeName, simulation.Find(Key("highest"))!.Status.NominatedNodeName));
        simulation.AdvanceTo(simulation.Now.AddMinutes(1));
        Assert.Equal(("", "a"), (simulation.Find(Key("high"))!.Spec.NodeName, simulation.Find(Key("highest"))!.Spec.NodeName));
    }

    [Fact]
    public void A_woken_pod_waits_for_its_backoff_and_is_flushed_at_a_whole_second()
    {
        var simulation = new SchedulingSimulation(
            Cluster.Of(NodeOf("a"), High, PodOf("victim", "4")), new() { TerminationDuration = static _ => TimeSpan.FromSeconds(0.25), Scheduler = new() { Release = KubernetesRelease.Parse("1.24.4") } });
        simulation.Apply(simulation.Now.AddSeconds(0.5), Of("high", High));
        simulation.AdvanceTo(simulation.Now.AddMinutes(1));
        Assert.Equal(["0 Bound default/victim a", "2 Bound default/high a"], Lines(simulation, SchedulingLogKind.Bound));
        Assert.Equal("Preempted by default/high on node a", simulation.Log.Single(static entry => entry.Reason == "Preempted").Message);
    }

    [Fact]
    public void A_Never_pod_waits_ahead_and_evicts_nobody()
    {
        var simulation = new SchedulingSimulation(Cluster.Of(NodeOf("a"), Never, PodOf("there", "4")));
        simulation.AdvanceTo(simulation.Now);
        simulation.Apply(Of("waits", Never, "4"));
        simulation.Apply(simulation.Now.AddSeconds(3), PodOf("later", "4"));
        simulation.AdvanceTo(simulation.Now.AddSeconds(4));
        Assert.DoesNotContain(simulation.Log, static entry => entry.Reason == "Preempted");
        var waits = simulation.Find(Key("waits"))!;
        Assert.Equal("0/1 nodes are available: 1 Insufficient cpu. preemption: not eligible due to preemptionPolicy=Never.", waits.Status.Conditions[0].Message);
        Assert.Equal("", waits.Status.NominatedNodeName);
        Assert.Equal(2, simulation.Queue.UnschedulableCount);
        simulation.Delete(Pods, Key("there"));
        simulation.AdvanceTo(simulation.Now.AddMinutes(1));
        Assert.Equal("a", simulation.Find(Key("waits"))!.Spec.NodeName);
        Assert.Equal("", simulation.Find(Key("later"))!.Spec.NodeName);
    }

    [Fact]
    public void Nothing_is_kept_for_a_Never_pod_in_backoff()
    {
        var simulation = new SchedulingSimulation(Cluster.Of(NodeOf("a"), Never, PodOf("there", "4")), new() { TerminationDuration = static _ => TimeSpan.FromMilliseconds(10) });
        simulation.AdvanceTo(simulation.Now);
        simulation.Apply(Of("waits", Never, "4"));
        simulation.AdvanceTo(simulation.Now);
        simulation.Delete(Pods, Key("there"));
        simulation.Apply(simulation.Now.AddMilliseconds(20), PodOf("quick", "4"));
        simulation.AdvanceTo(simulation.Now.AddSeconds(5));
        Assert.Equal("a", simulation.Find(Key("quick"))!.Spec.NodeName);
        Assert.Equal(QueuedPodPlace.Unschedulable, simulation.Queue.Find(Key("waits"))!.Place);
    }

    [Fact]
    public void A_failed_binding_forgets_the_pod_and_backs_off()
    {
        var steps = new Steps { OnBind = static attempt => attempt == 1 ? "etcd is away" : null };
        var simulation = new SchedulingSimulation(Cluster.Of(NodeOf("a"), PodOf("p", "4")), new() { BindingSteps = steps, BindingLatency = TimeSpan.FromSeconds(0.3) });
        simulation.AdvanceTo(simulation.Now.AddSeconds(0.3));
        Assert.Equal(1, simulation.Queue.BackoffCount);
        var failed = simulation.Find(Key("p"))!;
        Assert.Equal(
            ("SchedulerError", "binding rejected: running Bind plugin \"DefaultBinder\": etcd is away"), (failed.Status.Conditions[0].Reason, failed.Status.Conditions[0].Message));
        Assert.Equal(["reserve", "prebind", "bind", "unreserve"], steps.Calls);
        simulation.AdvanceTo(simulation.Now.AddSeconds(5));
        Assert.Equal(["0 Scheduled default/p a", "2 Scheduled default/p a", "2.3 Bound default/p a"], Lines(simulation, SchedulingLogKind.Scheduled, SchedulingLogKind.Bound));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_failed_reservation_or_permission_waits_for_an_event(bool reserve)
    {
        var steps = new Steps { OnReserve = reserve ? "running Reserve plugin \"X\": no" : null, OnPermit = reserve ? null : "not now" };
        var simulation = new SchedulingSimulation(Cluster.Of(NodeOf("a"), PodOf("p")), new() { BindingSteps = steps });
        simulation.AdvanceTo(simulation.Now.AddMinutes(1));
        Assert.Equal(1, simulation.Queue.UnschedulableCount);
        Assert.Empty(simulation.Queue.UnschedulablePods()[0].UnschedulablePlugins);
        var condition = simulation.Find(Key("p"))!.Status.Conditions[0];
        Assert.Equal(reserve ? ("SchedulerError", "running Reserve plugin \"X\": no") : ("Unschedulable", "not now"), (condition.Reason, condition.Message));
        Assert.Equal("unreserve", steps.Calls[^1]);
        steps.OnReserve = steps.OnPermit = null;
        simulation.AdvanceTo(simulation.Now.AddMinutes(4).AddSeconds(30));
        Assert.Equal("a", simulation.Find(Key("p"))!.Spec.NodeName);
    }

    [Fact]
    public void An_assumed_pod_counts_until_its_binding_ends()
    {
        var simulation = new SchedulingSimulation(Cluster.Of(NodeOf("a"), PodOf("p", "3"), PodOf("q", "3")), new() { BindingLatency = TimeSpan.FromSeconds(1) });
        simulation.AdvanceTo(simulation.Now);
        Assert.Equal(("", 1), (simulation.Find(Key("p"))!.Spec.NodeName, simulation.Queue.UnschedulableCount));
        simulation.Delete(Pods, Key("p"));
        simulation.AdvanceTo(simulation.Now.AddSeconds(3));
        Assert.Contains(simulation.Log, static entry => entry.Message == "binding rejected: running Bind plugin \"DefaultBinder\": pods \"p\" not found");
        Assert.Equal("a", simulation.Find(Key("q"))!.Spec.NodeName);
    }

    [Fact]
    public void A_deleted_pod_is_skipped_and_a_foreign_one_is_left_alone()
    {
        var deleting = PodOf("deleting") with { Metadata = PodOf("deleting").Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch } };
        var foreign = PodOf("foreign") with { Spec = SpecOf() with { SchedulerName = "other" } };
        var simulation = new SchedulingSimulation(Cluster.Of(NodeOf("a"), deleting, foreign));
        simulation.AdvanceTo(simulation.Now.AddMinutes(10));
        var warning = simulation.Log.Single(static entry => entry.Kind == SchedulingLogKind.Event);
        Assert.Equal(("FailedScheduling", "skip schedule deleting pod: default/deleting"), (warning.Reason, warning.Message));
        Assert.Equal(0, simulation.Queue.Count);
    }

    [Fact]
    public void A_node_wakes_only_pods_that_it_could_take()
    {
        var simulation = new SchedulingSimulation(Cluster.Of(PodOf("small"), PodOf("large", "9")));
        simulation.AdvanceTo(simulation.Now.AddSeconds(20));
        Assert.Equal("no nodes available to schedule pods", simulation.Find(Key("small"))!.Status.Conditions[0].Message);
        simulation.Apply(NodeOf("a"));
        Assert.Equal((1, 1), (simulation.Queue.ActiveCount, simulation.Queue.UnschedulableCount));
        simulation.AdvanceTo(simulation.Now);
        Assert.Equal("a", simulation.Find(Key("small"))!.Spec.NodeName);
    }

    [Fact]
    public void A_pod_that_ends_makes_room()
    {
        var simulation = new SchedulingSimulation(
            Cluster.Of(NodeOf("a"), PodOf("first", "4"), PodOf("second", "4")), new() { RunDuration = static pod => pod.Metadata.Name == "first" ? TimeSpan.FromSeconds(60) : null });
        simulation.AdvanceTo(simulation.Now.AddSeconds(61));
        Assert.Equal(("Succeeded", "a"), (simulation.Find(Key("first"))!.Status.Phase, simulation.Find(Key("second"))!.Spec.NodeName));
    }

    [Fact]
    public void What_the_API_server_refuses_is_noted()
    {
        var simulation = new SchedulingSimulation(Cluster.Empty);
        Assert.Equal("no PriorityClass with name high was found", simulation.Apply(Of("p", High)));
        Assert.Null(simulation.Apply(High));
        Assert.Null(simulation.Apply(Of("p", High)));
        Assert.Equal("Value: Forbidden: may not be changed in an update.", simulation.Apply(High with { Value = 1 }));
        simulation.Apply(PriorityClassOf("system-node-critical"));
        Assert.Equal("this is a system priority class and cannot be deleted", simulation.Delete(ApiKind.Find("scheduling.k8s.io/v1", "PriorityClass")!, new("", "system-node-critical")));
        Assert.Equal(3, simulation.Log.Count(static entry => entry.Kind == SchedulingLogKind.Refused));
        Assert.Throws<ArgumentException>(() => simulation.Apply(new Pod()));
    }

    [Fact]
    public void A_long_message_is_cut_in_the_event_alone()
    {
        var taints = Enumerable.Range(0, 60).Select(static i => new Taint { Key = $"key-{i:d2}", Value = "ü", Effect = "NoSchedule" }).ToArray();
        var simulation = new SchedulingSimulation(Cluster.Of([PodOf("p"), .. taints.Select(static (taint, i) => NodeOf($"n{i}", taints: taint))]));
        simulation.AdvanceTo(simulation.Now);
        var note = simulation.Log.Single(static entry => entry.Kind == SchedulingLogKind.Event).Message;
        Assert.EndsWith(" ...", note, StringComparison.Ordinal);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(note), 1_023, 1_024);
        var whole = simulation.Find(Key("p"))!.Status.Conditions[0].Message;
        Assert.StartsWith(note[..^4], whole, StringComparison.Ordinal);
        Assert.EndsWith("scheduling.", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_is_written_as_json_lines()
    {
        var simulation = new SchedulingSimulation(Cluster.Of(NodeOf("a"), PodOf("p")));
        simulation.AdvanceTo(simulation.Now);
        Assert.Equal(
            """
            {"time":"2022-05-03T00:00:00Z","kind":"Scheduled","object":"default/p","attempt":1,"node":"a"}
            {"time":"2022-05-03T00:00:00Z","kind":"Bound","object":"default/p","attempt":1,"node":"a"}
            {"time":"2022-05-03T00:00:00Z","kind":"Event","object":"default/p","type":"Normal","reason":"Scheduled","action":"Binding","message":"Successfully assigned default/p to a"}

            """,
            SchedulingLog.ToJsonLines(simulation.Log));
    }

    private static PriorityClass PriorityClassOf(string name) => new() { Metadata = new() { Name = name }, Value = 2_000_001_000 };

    private sealed class Steps : IBindingSteps
    {
        private int _binds;

        public List<string> Calls { get; } = [];

        public string? OnReserve { get; set; }

        public string? OnPermit { get; set; }

        public Func<int, string?> OnBind { get; init; } = static _ => null;

        public string? Reserve(Pod pod, string nodeName)
        {
            Calls.Add("reserve");
            return OnReserve;
        }

        public string? Permit(Pod pod, string nodeName) => OnPermit;

        public void Unreserve(Pod pod, string nodeName) => Calls.Add("unreserve");

        public string? PreBind(Pod pod, string nodeName)
        {
            Calls.Add("prebind");
            return null;
        }

        public string? Bind(Pod pod, string nodeName)
        {
            Calls.Add("bind");
            return OnBind(++_binds);
        }
    }
}
