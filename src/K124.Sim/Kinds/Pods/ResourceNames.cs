using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Classes of names of resources.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/core/helper.</remarks>
internal static class ResourceNames
{
    private const string HugePagesPrefix = "hugepages-";
    private const string RequestsPrefix = "requests.";

    /// <summary>Whether the name belongs to Kubernetes.</summary>
    public static bool IsNative(string name) =>
        !name.Contains('/', StringComparison.Ordinal) || name.Contains("kubernetes.io/", StringComparison.Ordinal);

    /// <summary>Whether the resource is pages of memory of one size.</summary>
    public static bool IsHugePages(string name) => name.StartsWith(HugePagesPrefix, StringComparison.Ordinal);

    /// <summary>Size of the pages of such a resource, as text.</summary>
    public static string PageSize(string name) => name[HugePagesPrefix.Length..];

    /// <summary>Whether the resource is one that a node's vendor defines.</summary>
    public static bool IsExtended(string name) =>
        !IsNative(name) && !name.StartsWith(RequestsPrefix, StringComparison.Ordinal) && NameRules.QualifiedName(RequestsPrefix + name).Length == 0;

    /// <summary>Whether requests may stay below limits.</summary>
    public static bool AllowsOvercommit(string name) => IsNative(name) && !IsHugePages(name);

    /// <summary>Whether a plain name is one that Kubernetes knows anywhere.</summary>
    public static bool IsStandard(string name) => IsStandardForQuota(name) || name == "storage";

    /// <summary>Whether a plain name is one that quotas know.</summary>
    public static bool IsStandardForQuota(string name) => name is "cpu" or "memory" or "ephemeral-storage" or "requests.cpu" or "requests.memory"
        or "requests.storage" or "requests.ephemeral-storage" or "limits.cpu" or "limits.memory" or "limits.ephemeral-storage"
        || IsCount(name) || IsHugePages(name) || name.StartsWith(RequestsPrefix + HugePagesPrefix, StringComparison.Ordinal);

    /// <summary>Whether a plain name is one that containers may use.</summary>
    public static bool IsStandardForContainer(string name) => name is "cpu" or "memory" or "ephemeral-storage" || IsHugePages(name);

    /// <summary>Whether amounts of the resource are whole.</summary>
    public static bool IsWhole(string name) => IsCount(name) || IsExtended(name);

    private static bool IsCount(string name) => name is "pods" or "resourcequotas" or "services" or "replicationcontrollers" or "secrets"
        or "configmaps" or "persistentvolumeclaims" or "services.nodeports" or "services.loadbalancers";
}
