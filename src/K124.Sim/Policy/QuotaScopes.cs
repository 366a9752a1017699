using K124.Sim.Model;

namespace K124.Sim.Policy;

/// <summary>Which pods the scopes of a quota choose.</summary>
internal static class QuotaScopes
{
    /// <summary>Whether a quota counts only some objects; kinds other than pods are in no scope.</summary>
    public static bool HasAny(ResourceQuotaSpec spec) => !spec.Scopes.IsEmpty || spec.ScopeSelector is { MatchExpressions.IsEmpty: false };

    public static bool Match(ResourceQuotaSpec spec, Pod pod)
    {
        foreach (var scope in spec.Scopes)
        {
            if (!Matches(new() { ScopeName = scope, Operator = "Exists" }, pod))
            {
                return false;
            }
        }

        foreach (var requirement in spec.ScopeSelector?.MatchExpressions ?? [])
        {
            if (!Matches(requirement, pod))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Matches(ScopedResourceSelectorRequirement requirement, Pod pod) => requirement.ScopeName switch
    {
        "Terminating" => pod.Spec.ActiveDeadlineSeconds >= 0,
        "NotTerminating" => pod.Spec.ActiveDeadlineSeconds is null or < 0,
        "BestEffort" => IsBestEffort(pod),
        "NotBestEffort" => !IsBestEffort(pod),
        "PriorityClass" => MatchesPriority(requirement, pod.Spec.PriorityClassName),
        "CrossNamespacePodAffinity" => HasTermForOtherNamespaces(pod.Spec.Affinity),
        _ => false,
    };

    private static bool MatchesPriority(ScopedResourceSelectorRequirement requirement, string name) => requirement.Operator switch
    {
        "In" => name.Length > 0 && requirement.Values.Contains(name, StringComparer.Ordinal),
        "NotIn" => name.Length == 0 || !requirement.Values.Contains(name, StringComparer.Ordinal),
        "Exists" => name.Length > 0,
        "DoesNotExist" => name.Length == 0,
        _ => false,
    };

    private static bool IsBestEffort(Pod pod) =>
        pod.Spec.Containers.Concat(pod.Spec.InitContainers).All(static container => HasNone(container.Resources.Requests) && HasNone(container.Resources.Limits));

    private static bool HasNone(StringMap<Quantity> resources) =>
        !(resources.TryGetValue("cpu", out var cpu) && cpu > default(Quantity)) && !(resources.TryGetValue("memory", out var memory) && memory > default(Quantity));

    private static bool HasTermForOtherNamespaces(Affinity? affinity) => affinity is not null
        && Terms(affinity).Any(static term => !term.Namespaces.IsEmpty || term.NamespaceSelector is not null);

    private static IEnumerable<PodAffinityTerm> Terms(Affinity affinity) =>
    [
        .. affinity.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [],
        .. affinity.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [],
        .. (affinity.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? []).Select(static weighted => weighted.PodAffinityTerm),
        .. (affinity.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? []).Select(static weighted => weighted.PodAffinityTerm),
    ];
}
