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
        Measured = [.. Enumerable.Range(0, workload.MeasuredPods(nodeCount)).Select(i => Stamp(workload.Templates[i % workload.Templates.Count], "measured-", i))];
        var objects = (IApiObject[])[.. nodes, .. nodes.Select(node => workload.ObjectOf?.Invoke(node)).OfType<IApiObject>(), .. workload.Objects];
        var pods = (Pod[])[.. existing];
        if (workload.ClaimsOf is { } claimsOf)
        {
            objects = [.. objects, .. pods.Concat(Measured).Where(workload.HasClaim.Invoke).SelectMany(pod => claimsOf(pod.Metadata.Name))];
            (pods, Measured) = (Array.ConvertAll(pods, WithClaim), Array.ConvertAll(Measured, WithClaim));
        }

        Cluster = Cluster.Of([.. objects, .. pods]);
        if (workload.HasOwnSpecs)
        {
            Measured = [.. Measured.Select(static pod => KubernetesJson.Deserialize<Pod>(KubernetesJson.SerializeToUtf8Bytes(pod)))];
        }
    }

    public SchedulingWorkload Workload { get; }

    public Cluster Cluster { get; }

    public Pod[] Measured { get; }

    private Pod WithClaim(Pod pod) => !Workload.HasClaim(pod) ? pod
        : pod with { Spec = pod.Spec with { Volumes = [new() { Name = "data", PersistentVolumeClaim = new() { ClaimName = pod.Metadata.Name } }] } };

    private static Pod Stamp(Pod template, string prefix, int i)
    {
        var name = prefix + i.ToString(CultureInfo.InvariantCulture);
        var labels = template.Metadata.Labels;
        labels = labels.ContainsKey(ProductionMix.PodNameLabel) ? labels.With(ProductionMix.PodNameLabel, name) : labels;
        return template with { Metadata = template.Metadata with { Name = name, Uid = name, Labels = labels } };
    }
}
