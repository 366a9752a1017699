using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>What controllers make in the place of pods that go.</summary>
internal sealed class Successors(Cluster cluster, Owners owners)
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    private readonly PodNames _names = new(cluster);
    private readonly PodAdmission _admission = new(cluster);
    private readonly Dictionary<PodSpec, PodSpec> _withoutNode = [];

    /// <summary>Why a pod stays on its node, or comes back there at once; empty if it does not.</summary>
    public static string StayReason(Pod pod) => pod.Metadata.Annotations.ContainsKey(MirrorAnnotation) ? "mirror pod"
        : Owners.IsActive(pod) && ControllerReference.ControllerOf(pod) is { Kind: "DaemonSet" } owner ? $"DaemonSet {pod.Metadata.Namespace}/{owner.Name}"
        : "";

    /// <summary>Whether nobody makes the pod anew.</summary>
    public static bool IsBare(Pod pod) => ControllerReference.ControllerOf(pod) is null && Owners.IsActive(pod);

    /// <summary>How many pods the controller of a pod has beyond those that it wants; 0 if that is not known.</summary>
    public int SurplusOf(Pod pod) => owners.ControllerOf(pod) is { } owner && Owners.SizeOf(owner) is { } size ? owners.PodsOf(owner).Count(Owners.IsActive) - size : 0;

    /// <summary>The pod that a controller makes in the place of another: of its template, if that was read.</summary>
    /// <param name="pod">A pod that has a controller.</param>
    public PlannedPod Of(Pod pod)
    {
        var reference = ControllerReference.ControllerOf(pod)!;
        var source = $"{reference.Kind} {pod.Metadata.Namespace}/{reference.Name}";
        string Name() => _names.Next(pod.Metadata.Namespace, reference.Name);
        var made = owners.ControllerOf(pod) switch
        {
            ReplicaSet set => TemplatePods.Of(set.Spec.Template, set, Name()),
            ReplicationController controller => TemplatePods.Of(controller.Spec.Template ?? new(), controller, Name()),
            Job job => TemplatePods.OfJob(job.Spec, job, Name()),
            StatefulSet set => Member(set, pod.Metadata.Name),
            _ => null,
        };
        return new(made is null ? Copy(pod, reference.Kind == "StatefulSet" ? pod.Metadata.Name : Name()) : _admission.Admit(made, source), source);
    }

    /// <summary>The template was not read: the next pod is as this one was when it was admitted.</summary>
    private Pod Copy(Pod pod, string name) => pod with { Metadata = pod.Metadata with { Name = name, Uid = "" }, Spec = SpecOf(pod), Status = new() };

    /// <summary>Pods that differ in their node alone get one spec, so that they count as one kind.</summary>
    private PodSpec SpecOf(Pod pod)
    {
        var spec = pod.Spec with { NodeName = "" };
        if (_withoutNode.TryGetValue(spec, out var known))
        {
            return known;
        }

        _withoutNode.Add(spec, spec);
        return spec;
    }

    private static Pod Member(StatefulSet set, string name)
    {
        var pod = TemplatePods.Of(set.Spec.Template, set, name);
        return pod with
        {
            Metadata = pod.Metadata with { Labels = pod.Metadata.Labels.With("statefulset.kubernetes.io/pod-name", name) },
            Spec = PlannedClaims.WithClaims(set, pod.Spec, name),
        };
    }
}
