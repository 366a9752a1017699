using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>A workload made out for a number of nodes: the cluster, and the pods to measure.</summary>
public sealed class WorkloadData
{
    public WorkloadData(SchedulingWorkload workload, int nodeCount)
    {
        Workload = workload;
        Node[] nodes = [.. workload.Nodes(nodeCount)];
        var existing = Enumerable.Range(0, workload.ExistingPods(nodeCount)).Select(i =>
        {
            // One node's pods differ in their template.
            var template = workload.ExistingTemplates[(i + (i / nodes.Length)) % workload.ExistingTemplates.Count];
            return Stamp(template, "existing-", i) with { Spec = template.Spec with { NodeName = nodes[i % nodes.Length].Metadata.Name } };
        });
        Cluster = Cluster.Of([.. nodes, .. workload.Objects, .. existing]);
        Measured = [.. Enumerable.Range(0, workload.MeasuredPods(nodeCount)).Select(i => Stamp(workload.Templates[i % workload.Templates.Count], "measured-", i))];
        if (workload.HasOwnSpecs)
        {
            Measured = [.. Measured.Select(static pod => KubernetesJson.Deserialize<Pod>(KubernetesJson.SerializeToUtf8Bytes(pod)))];
        }
    }

    public SchedulingWorkload Workload { get; }

    public Cluster Cluster { get; }

    public Pod[] Measured { get; }

    private static Pod Stamp(Pod template, string prefix, int i)
    {
        var name = prefix + i.ToString(CultureInfo.InvariantCulture);
        return template with { Metadata = template.Metadata with { Name = name, Uid = name } };
    }
}
