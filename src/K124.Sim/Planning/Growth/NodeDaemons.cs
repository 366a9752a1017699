using K124.Sim.Model;
using K124.Sim.Planning.Internal;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Growth;

/// <summary>The pods that DaemonSets make on nodes that come.</summary>
internal sealed class NodeDaemons
{
    private readonly (Pod Template, string Source)[] _templates;
    private readonly PodAdmission _admission;

    public NodeDaemons(Cluster cluster)
    {
        _admission = new(cluster);
        _templates = [.. cluster.DaemonSets.Where(static set => set.Metadata.DeletionTimestamp is null).Select(static set => (TemplatePods.Of(set.Spec.Template, set, set.Metadata.Name), $"{set.Kind} {ObjectKey.Of(set)}"))];
    }

    /// <summary>The pods for a node.</summary>
    public IEnumerable<Pod> For(Node node)
    {
        foreach (var (template, source) in _templates)
        {
            if (DaemonPods.For(template, node) is { } pod)
            {
                yield return _admission.Admit(pod with { Metadata = pod.Metadata with { Name = $"{template.Metadata.Name}-{node.Metadata.Name}" } }, source);
            }
        }
    }

    /// <summary>Puts a pod on its node, if there is room.</summary>
    public static void Put(Scheduler scheduler, Pod pod)
    {
        if (pod.Spec.NodeName.Length > 0)
        {
            scheduler.Assume(pod, pod.Spec.NodeName);
        }
        else
        {
            scheduler.Place(pod);
        }
    }
}
