using System.Collections.Immutable;
using System.Globalization;
using K124.Sim;
using K124.Sim.Planning;

namespace CapacityPlanning;

/// <summary>Prints a plan for people.</summary>
internal static class Tables
{
    private const string ShapeLabel = "node.kubernetes.io/instance-type";

    /// <summary>Prints the utilisation by node shape: the instance type if nodes have one, else allocatable cpu and memory.</summary>
    public static void Print(Cluster cluster, ImmutableArray<NodeUtilization> nodes)
    {
        Console.WriteLine();
        Console.WriteLine(Line("shape", "nodes", "cpu", "memory", "pods"));
        foreach (var shape in nodes.GroupBy(node => ShapeOf(cluster, node), StringComparer.Ordinal).OrderByDescending(static shape => shape.Count()).ThenBy(static shape => shape.Key, StringComparer.Ordinal).Take(12))
        {
            Console.WriteLine(Line(shape.Key, $"{shape.Count()}", Share(shape, "cpu"), Share(shape, "memory"), Share(shape, "pods")));
        }
    }

    public static void PrintReasons(PlacementPlan plan)
    {
        foreach (var reason in plan.Unschedulable.GroupBy(static pod => pod.Result.Message, StringComparer.Ordinal).OrderByDescending(static reason => reason.Count()).Take(5))
        {
            Console.WriteLine($"{reason.Count()} pods: {reason.Key}");
        }
    }

    private static string Line(string shape, string nodes, string cpu, string memory, string pods) => $"{shape,-24}{nodes,6}{cpu,18}{memory,18}{pods,18}";

    private static string ShapeOf(Cluster cluster, NodeUtilization node)
    {
        var labels = cluster.Nodes.Find(node.NodeName)!.Metadata.Labels;
        return labels.TryGetValue(ShapeLabel, out var shape) ? shape : $"{Allocatable(node, "cpu") / 1000} cores, {Allocatable(node, "memory") >> 30} GiB";
    }

    private static long Allocatable(NodeUtilization node, string resource) => node.Resources.First(entry => entry.Resource == resource).Allocatable;

    private static string Share(IEnumerable<NodeUtilization> nodes, string resource)
    {
        ResourceUtilization[] all = [.. nodes.SelectMany(static node => node.Resources).Where(entry => entry.Resource == resource)];
        double total = all.Sum(static entry => entry.Allocatable);
        return total == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * all.Sum(static entry => entry.Before) / total:f1} % -> {100 * all.Sum(static entry => entry.After) / total:f1} %");
    }
}
