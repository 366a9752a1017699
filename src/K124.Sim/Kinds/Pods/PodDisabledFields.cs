using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Pods;

/// <summary>Members that 1.24 knows and drops, since their feature gates are off.</summary>
internal static class PodDisabledFields
{
    /// <summary>Drops them, unless the stored pod has them already.</summary>
    /// <param name="spec">Specification of the pod.</param>
    /// <param name="old">The stored specification; null if the pod is new.</param>
    public static void Drop(JsonObject spec, JsonObject? old)
    {
        if (!Any(old, "topologySpreadConstraints", item => item.Has("minDomains")))
        {
            foreach (var constraint in spec.Objects("topologySpreadConstraints"))
            {
                constraint.Remove("minDomains");
            }
        }

        foreach (var list in (ReadOnlySpan<string>)["initContainers", "containers", "ephemeralContainers"])
        {
            foreach (var container in spec.Objects(list))
            {
                foreach (var probe in (ReadOnlySpan<string>)["livenessProbe", "startupProbe"])
                {
                    container.Object(probe)?.Remove("terminationGracePeriodSeconds");
                }

                if (container.Object("securityContext") is { } context && context.ContainsKey("procMount"))
                {
                    context["procMount"] = "Default";
                }
            }
        }
    }

    private static bool Any(JsonObject? spec, string list, Func<JsonObject, bool> condition) => spec.Objects(list).Any(condition);
}
