using System.Text.Json.Nodes;
using K124.Sim.Platform;

namespace K124.Sim.Kinds.Pods;

/// <summary>Members that 1.24 knows and drops, since their feature gates are off.</summary>
internal static class PodDisabledFields
{
    private const string ProbeGrace = "terminationGracePeriodSeconds";

    private static readonly string[] ContainerLists = ["initContainers", "containers", "ephemeralContainers"];
    private static readonly string[] KillingProbes = ["livenessProbe", "startupProbe"];

    /// <summary>Drops them, unless the stored pod has them already.</summary>
    /// <param name="spec">Specification of the pod.</param>
    /// <param name="old">The stored specification; null if the pod is new.</param>
    /// <param name="gates">The feature gates.</param>
    public static void Drop(JsonObject spec, JsonObject? old, FeatureGates gates)
    {
        var keepsProbeGrace = gates.IsEnabled("ProbeTerminationGracePeriod") || HasProbeGrace(old);
        if (!Any(old, "topologySpreadConstraints", item => item.Has("minDomains")))
        {
            foreach (var constraint in spec.Objects("topologySpreadConstraints"))
            {
                constraint.Remove("minDomains");
            }
        }

        foreach (var list in ContainerLists)
        {
            foreach (var container in spec.Objects(list))
            {
                if (!keepsProbeGrace)
                {
                    foreach (var probe in KillingProbes)
                    {
                        container.Object(probe)?.Remove(ProbeGrace);
                    }
                }

                if (container.Object("securityContext") is { } context && context.ContainsKey("procMount"))
                {
                    context["procMount"] = "Default";
                }
            }
        }
    }

    private static bool HasProbeGrace(JsonObject? spec) =>
        ContainerLists.Any(list => Any(spec, list, static container => KillingProbes.Any(probe => container.Object(probe)?.ContainsKey(ProbeGrace) == true)));

    private static bool Any(JsonObject? spec, string list, Func<JsonObject, bool> condition) => spec.Objects(list).Any(condition);
}
