using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Admission;

/// <summary>Secrets that a pod names.</summary>
internal static class PodSecrets
{
    private static readonly string[] SourcesWithReference = ["cephfs", "cinder", "flexVolume", "rbd", "scaleIO", "iscsi", "storageos"];

    /// <summary>Whether a pod names any secret.</summary>
    /// <param name="spec">Specification of the pod.</param>
    /// <returns>True if it does.</returns>
    public static bool Any(JsonObject? spec)
    {
        if (spec.Count("imagePullSecrets") > 0)
        {
            return true;
        }

        foreach (var list in (ReadOnlySpan<string>)["initContainers", "containers", "ephemeralContainers"])
        {
            if (spec.Objects(list).Any(InContainer))
            {
                return true;
            }
        }

        return spec.Objects("volumes").Any(InVolume);
    }

    private static bool InContainer(JsonObject container) =>
        container.Objects("env").Any(variable => variable.Object("valueFrom").Has("secretKeyRef"))
        || container.Objects("envFrom").Any(source => source.Has("secretRef"));

    private static bool InVolume(JsonObject volume) => volume.Has("secret") || volume.Object("azureFile").Text("secretName").Length > 0
        || volume.Object("csi").Has("nodePublishSecretRef")
        || SourcesWithReference.Any(source => volume.Object(source).Has("secretRef"))
        || volume.Object("projected").Objects("sources").Any(source => source.Has("secret"));
}
