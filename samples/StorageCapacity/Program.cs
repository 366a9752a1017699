using K124.Sim.Planning;
using K124.Sim.StorageCapacitySample;

// How many replicas of a database fit on a cluster with two kinds of local storage: as 1.24 decides, which leaves counting
// down to the drivers, and with capacity that counts down as claims are placed.
var cluster = MixedCluster.Build();
Console.WriteLine("storage class | 200 GiB replicas as 1.24 decides | with consumption | what stops the next one");
foreach (var storageClass in new[] { MixedCluster.LocalDisks, MixedCluster.VolumeGroups })
{
    var decided = Plan(storageClass, consumes: false);
    var counted = Plan(storageClass, consumes: true);
    Console.WriteLine($"{storageClass,13} | {decided.Replicas,32} | {counted.Replicas,16} | {counted.Next!.Message.Split(". preemption:")[0]}");
}

Console.WriteLine();
Console.WriteLine($"Per node, {MixedCluster.VolumeGroups}:");
foreach (var (title, consumes) in new[] { ("as 1.24 decides", false), ("with consumption", true) })
{
    var nodes = Plan(MixedCluster.VolumeGroups, consumes).Nodes.OrderBy(static node => node.NodeName, StringComparer.Ordinal);
    Console.WriteLine($"  {title,-16} {string.Join(", ", nodes.Select(static node => $"{node.NodeName} {node.Replicas}"))}");
}

FitPlan Plan(string storageClass, bool consumes) =>
    new CapacityPlanner(cluster, new() { Scheduler = new() { ConsumesStorageCapacity = consumes } }).Fit(MixedCluster.Database(storageClass, "200Gi"));
