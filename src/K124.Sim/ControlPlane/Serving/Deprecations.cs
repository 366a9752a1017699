using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>What 1.24 warns of on every request to a version that goes away.</summary>
internal static class Deprecations
{
    private static readonly (string ApiVersion, string Kind, string Since, string Until, string Instead)[] All =
    [
        ("v1", "ComponentStatus", "1.19", "", ""),
        ("batch/v1beta1", "CronJob", "1.21", "1.25", "batch/v1 CronJob"),
        ("policy/v1beta1", "PodSecurityPolicy", "1.21", "1.25", ""),
        ("policy/v1beta1", "PodDisruptionBudget", "1.21", "1.25", "policy/v1 PodDisruptionBudget"),
        ("autoscaling/v2beta1", "HorizontalPodAutoscaler", "1.22", "1.25", "autoscaling/v2 HorizontalPodAutoscaler"),
        ("autoscaling/v2beta2", "HorizontalPodAutoscaler", "1.23", "1.26", "autoscaling/v2 HorizontalPodAutoscaler"),
        ("discovery.k8s.io/v1beta1", "EndpointSlice", "1.21", "1.25", "discovery.k8s.io/v1 EndpointSlice"),
        ("events.k8s.io/v1beta1", "Event", "1.22", "1.25", ""),
        ("node.k8s.io/v1beta1", "RuntimeClass", "1.22", "1.25", ""),
        ("storage.k8s.io/v1beta1", "CSIStorageCapacity", "1.24", "1.27", "storage.k8s.io/v1 CSIStorageCapacity"),
        ("flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", "1.23", "1.26", "flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema"),
        ("flowcontrol.apiserver.k8s.io/v1beta1", "PriorityLevelConfiguration", "1.23", "1.26", "flowcontrol.apiserver.k8s.io/v1beta2 PriorityLevelConfiguration"),
    ];

    /// <summary>The warning; empty if there is none.</summary>
    public static string Of(ResourceType type)
    {
        foreach (var (apiVersion, kind, since, until, instead) in All)
        {
            if (apiVersion == type.ApiVersion && kind == type.Kind)
            {
                return $"{apiVersion} {kind} is deprecated in v{since}+"
                    + (until.Length > 0 ? $", unavailable in v{until}+" : "")
                    + (instead.Length > 0 ? $"; use {instead}" : "");
            }
        }

        return "";
    }
}
