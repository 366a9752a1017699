namespace K124.Sim.Preflight;

/// <summary>Where objects hold the spec of pods.</summary>
internal static class PodSpecs
{
    /// <summary>The spec of a pod, or of the pods that an object makes; null if it makes none.</summary>
    public static TreeField? Of(PreflightItem item)
    {
        var field = item.Kind switch
        {
            "Pod" => item.Root["spec"],
            "PodTemplate" => item.Root["template"]["spec"],
            "Deployment" or "ReplicaSet" or "StatefulSet" or "DaemonSet" or "Job" or "ReplicationController" => item.Root["spec"]["template"]["spec"],
            "CronJob" => item.Root["spec"]["jobTemplate"]["spec"]["template"]["spec"],
            _ => null,
        };
        return field is { Exists: true } ? field : null;
    }

    /// <summary>All containers of a spec, those for its start first.</summary>
    public static IEnumerable<TreeField> Containers(TreeField spec) =>
        spec["initContainers"].Items().Concat(spec["containers"].Items()).Concat(spec["ephemeralContainers"].Items());
}
