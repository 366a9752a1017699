using CapacityPlanning;
using K124.Sim.Manifests;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Planning.Failures;
using K124.Sim.Planning.Growth;
using K124.Sim.Reports;

var cluster = args switch
{
    [] => SampleCluster.Create(seed: 124),
    ["--alibaba-gpu", var folder] => AlibabaGpuTrace.Read(folder),
    _ => ClusterReader.Read(args).RequireCluster(),
};
var planner = new CapacityPlanner(cluster);

var placed = planner.Place([]);
Console.WriteLine($"{cluster.Nodes.Count} nodes, {cluster.Pods.Count} pods; {placed.Pods.Length} pending, {placed.Unschedulable.Count()} of them fit nowhere");
Tables.Print(cluster, placed.Utilization);
Tables.PrintReasons(placed);

var web = new Pod
{
    Metadata = new() { Name = "web", Labels = StringMap.Of(("app", "web")) },
    Spec = new() { Containers = [new() { Name = "web", Resources = new() { Requests = StringMap.Of(("cpu", Quantity.Parse("2")), ("memory", Quantity.Parse("4Gi"))) } }] },
};
var nodesInUse = placed.Pods.Where(static pod => pod.Result.IsScheduled).ToDictionary(static pod => ObjectKey.Of(pod.Pod), static pod => pod.Result.NodeName!);
var full = nodesInUse.Aggregate(cluster, static (now, pod) => now.Replace(now.Pods[pod.Key] with { Spec = now.Pods[pod.Key].Spec with { NodeName = pod.Value } }));
var fit = new CapacityPlanner(full).Fit(web);
Console.WriteLine($"\nreplicas of 2 cores and 4 GiB that fit beside them: {fit.Replicas}");
Console.WriteLine($"what stops the next one: {fit.Next?.Message}");

// Each further question is asked of the same planner: it takes the cluster in once.
var later = new CapacityPlanner(full);
var grow = later.Grow(new() { Templates = [NodeTemplate.Like(cluster.Nodes.First())], Bursts = [new(web, 2_000)] });
var option = grow.Answers[0].Options[0];
Console.WriteLine($"\nnodes like {option.Template} for 2,000 of these pods: {option.FirstNodes}, stable from {option.StableFrom}; proven bound {option.Bound.Bound} ({(option.Bound.Verify().IsValid ? "verified" : "not valid")})");
var shrink = later.Shrink();
Console.WriteLine($"nodes that can go: {shrink.Steps.Length}; at least {shrink.Bound.Bound} have to stay");
foreach (var held in shrink.Kept.GroupBy(static node => node.Blocker))
{
    Console.WriteLine($"  {held.Count()} stay because of {held.Key}");
}

if (cluster.Nodes.Any(static node => node.Metadata.Labels.ContainsKey(SurviveRequest.ZoneLabel)))
{
    var survive = later.Survive(new() { Scope = FailureScope.Domain });
    foreach (var failure in survive.Failures)
    {
        Console.WriteLine($"without {failure.Name}: {failure.Evicted} pods evicted, {failure.Placed} placed again, {failure.Pending} pending");
    }

    File.WriteAllText("survive.html", PlanReports.Of(survive).ToHtml());
    Console.WriteLine("the report is in survive.html");
}

foreach (var notice in placed.Notices)
{
    Console.WriteLine($"note: {notice}");
}
