using CapacityPlanning;
using K124.Sim.Manifests;
using K124.Sim.Model;
using K124.Sim.Planning;

var cluster = args switch
{
    [] => SampleCluster.Create(seed: 124),
    ["--alibaba-gpu", var folder] => AlibabaGpuTrace.Read(folder),
    _ => ClusterReader.Read(args).RequireCluster(),
};
var planner = new CapacityPlanner(cluster);

var placed = planner.Place([]);
Console.WriteLine($"{cluster.Nodes.Count} nodes, {cluster.Pods.Count} pods; {placed.Pods.Length} pending, {placed.Unschedulable.Count()} of them fit nowhere");
Report.Print(cluster, placed.Utilization);
Report.PrintReasons(placed);

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
foreach (var notice in placed.Notices)
{
    Console.WriteLine($"note: {notice}");
}
