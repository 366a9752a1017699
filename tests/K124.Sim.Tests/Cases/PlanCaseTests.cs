using System.Text.Json;
using K124.Sim.Tests.Cli;
using static K124.Sim.Tests.Cases.CaseFiles;

namespace K124.Sim.Tests.Cases;

public sealed class PlanCaseTests
{
    private const string NoVictims = "preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.";

    [Theory]
    [InlineData("cluster.json")]
    [InlineData("cluster-all.json")]
    public void Pods_of_a_Deployment_that_run_already_count(string cluster)
    {
        var plan = Place("scale-a-running-deployment", cluster, "web.json", code: 1);
        Assert.Equal((2, 1), Counts(plan));
        Assert.Contains($"0/1 nodes are available: 1 Insufficient cpu. {NoVictims}", Failures(plan));
    }

    [Fact]
    public void What_belongs_to_others_is_not_made_anew() => Assert.Equal((2, 0), Counts(Place("workload-of-owned-objects", "nodes.json", "dump.json", code: 0)));

    [Fact]
    public void A_DaemonSet_of_the_cluster_takes_its_room_on_a_new_node()
    {
        var run = Fit("daemonset-on-a-new-node", "cluster.json", "pod.json");
        Assert.Equal(4, run.Json().GetProperty("replicas").GetInt32());
        Assert.Contains("note: 1 pod that DaemonSets of the cluster have yet to make", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("statefulset.json", 0, 2)]
    [InlineData("statefulset-parallel.json", 2, 0)]
    public void A_StatefulSet_waits_for_its_first_pod_unless_it_is_parallel(string workload, int placed, int notCreated)
    {
        var plan = Place("statefulset-waits-for-its-first", "cluster.json", workload, code: 1);
        Assert.Equal((placed, 1), Counts(plan));
        Assert.Equal(notCreated, plan.GetProperty("notCreated").GetInt32());
        Assert.Contains(
            "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had volume node affinity conflict. "
                + "preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.",
            Failures(plan));
    }

    [Theory]
    [InlineData("cluster.json", "note: 1 budget without status")]
    [InlineData("cluster-status.json", "")]
    public void A_budget_without_status_allows_what_its_controller_would_say(string cluster, string note)
    {
        const string Case = "disruption-budget-without-status";
        var run = CliHarness.Run("explain", "--cluster", Of(Case, cluster), "--pod", Of(Case, "pod.json"));
        Assert.Contains("Preemption: w1 is nominated", run.Output, StringComparison.Ordinal);
        Assert.Contains(note, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_LimitRange_gives_pods_their_requests()
    {
        var plan = Fit("limit-range-defaults", "cluster.json", "pod.json").Json();
        Assert.Equal(4, plan.GetProperty("replicas").GetInt32());
        Assert.Equal($"0/1 nodes are available: 1 Insufficient cpu. {NoVictims}", plan.GetProperty("next").GetProperty("message").GetString());
    }

    [Fact]
    public void A_quota_stops_pods_before_the_scheduler_sees_them()
    {
        var plan = Place("quota-stops-pods", "cluster.json", "deployment.json", code: 1);
        Assert.Equal((3, 0), Counts(plan));
        var withheld = Assert.Single(plan.GetProperty("withheld").EnumerateArray().ToArray());
        Assert.Equal(7, withheld.GetProperty("pods").GetInt32());
        Assert.EndsWith("is forbidden: exceeded quota: q, requested: pods=1, used: pods=3, limited: pods=3", withheld.GetProperty("reason").GetString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpus.json", "train.json", "0/2 nodes are available: 2 Insufficient nvidia.com/gpu.")]
    [InlineData("gpus-as-dumped.json", "train.json", "0/2 nodes are available: 2 Insufficient nvidia.com/gpu.")]
    [InlineData("hostnet.json", "edge.json", "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.")]
    public void Pods_of_the_cluster_have_their_defaults(string cluster, string pod, string message)
    {
        var plan = Fit("defaults-of-cluster-objects", cluster, pod, code: 1).Json();
        Assert.Equal(0, plan.GetProperty("replicas").GetInt32());
        Assert.StartsWith(message, plan.GetProperty("next").GetProperty("message").GetString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cluster-labelled.json", "")]
    [InlineData("cluster-manifest.json", "")]
    [InlineData("cluster-without-namespaces.json", "note: 1 namespace that was not read")]
    public void A_namespace_has_its_name_as_a_label(string cluster, string note)
    {
        const string Case = "namespace-name-label";
        Assert.Equal(0, CliHarness.Run("explain", "--cluster", Of(Case, cluster), "--pod", Of(Case, "pod.json")).Code);
        var refused = CliHarness.Run("explain", "--cluster", Of(Case, cluster), "--pod", Of(Case, "pod-in.json"));
        Assert.Equal(1, refused.Code);
        Assert.Contains("1 node(s) didn't match pod anti-affinity rules", refused.Output, StringComparison.Ordinal);
        Assert.Contains(note, refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nodes.json", "static.json", "node4", "")]
    [InlineData("nodes-immediate.json", "immediate.json", "a", "the plan takes their volumes as provisioned")]
    public void Claims_are_bound_before_the_scheduler_looks(string cluster, string workload, string node, string note)
    {
        const string Case = "claim-bound-before-the-pod";
        var run = CliHarness.Run("place", "--cluster", Of(Case, cluster), "--workload", Of(Case, workload), "-o", "json");
        Assert.Equal(node, run.Json().GetProperty("pods")[0].GetProperty("node").GetString());
        Assert.Contains(note, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bound_volume_keeps_a_pod_from_other_nodes() => Assert.Contains(
        "0/5 nodes are available: 1 node(s) had volume node affinity conflict, 4 node(s) didn't match Pod's node affinity/selector. "
            + "preemption: 0/5 nodes are available: 5 Preemption is not helpful for scheduling.",
        Failures(Place("claim-bound-before-the-pod", "nodes.json", "static-node3.json", code: 1)));

    [Theory]
    [InlineData("deployment.yaml")]
    [InlineData("two-pods.yaml")]
    public void A_Deployment_and_a_set_of_pods_are_replicated(string pods) =>
        Assert.Equal(4, Fit("fit-of-a-deployment-and-of-several-pods", "cluster.json", pods).Json().GetProperty("replicas").GetInt32());

    [Fact]
    public void A_drained_node_gives_its_pods_to_the_others_as_far_as_they_have_room()
    {
        const string Case = "drain-a-node";
        var run = CliHarness.Run("drain", "--cluster", Of(Case, "cluster.json"), "--node", "b", "-o", "json");
        Assert.Equal(1, run.Code);
        var pods = run.Json().GetProperty("pods").EnumerateArray().ToArray();
        Assert.Equal("Moved Moved Unplaced", string.Join(' ', pods.Select(static pod => pod.GetProperty("fate").GetString())));
        Assert.Equal("a c", string.Join(' ', pods.Take(2).Select(static pod => pod.GetProperty("replacement").GetProperty("node").GetString()).Order()));
        Assert.Equal(
            "0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu. "
                + "preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.",
            pods[2].GetProperty("replacement").GetProperty("failure").GetProperty("message").GetString());
    }

    private static CliRun Fit(string caseName, string cluster, string pod, int code = 0)
    {
        var run = CliHarness.Run("fit", "--cluster", Of(caseName, cluster), "--pod", Of(caseName, pod), "-o", "json");
        Assert.Equal(code, run.Code);
        return run;
    }

    private static JsonElement Place(string caseName, string cluster, string workload, int code)
    {
        var run = CliHarness.Run("place", "--cluster", Of(caseName, cluster), "--workload", Of(caseName, workload), "-o", "json");
        Assert.Equal(code, run.Code);
        return run.Json();
    }

    private static (int Placed, int Unschedulable) Counts(JsonElement plan) =>
        (plan.GetProperty("scheduled").GetInt32(), plan.GetProperty("unschedulable").GetInt32());

    private static IEnumerable<string?> Failures(JsonElement plan) => plan.GetProperty("pods").EnumerateArray()
        .Where(static pod => pod.TryGetProperty("failure", out _)).Select(static pod => pod.GetProperty("failure").GetProperty("message").GetString());
}
