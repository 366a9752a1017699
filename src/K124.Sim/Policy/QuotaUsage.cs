using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Policy;

/// <summary>What single objects use of a quota.</summary>
/// <remarks>Kubernetes 1.24 pkg/quota/v1/evaluator/core.</remarks>
internal static class QuotaUsage
{
    public const string ClassSuffix = ".storageclass.storage.k8s.io/";
    public const string StorageRequests = "requests.storage";
    public const string Claims = "persistentvolumeclaims";

    private const string RequestPrefix = "requests.";
    private const string HugePages = "hugepages-";
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";

    private static readonly Quantity One = Quantity.FromUnits(1);
    private static readonly ImmutableArray<string> Compute = ["cpu", "memory", "ephemeral-storage"];

    /// <summary>Whether pods use a resource that a quota limits.</summary>
    public static bool IsOfPods(string resource) => resource
        is "count/pods" or "pods" or "cpu" or "memory" or "ephemeral-storage"
        or "requests.cpu" or "requests.memory" or "requests.ephemeral-storage"
        or "limits.cpu" or "limits.memory" or "limits.ephemeral-storage"
        || resource.StartsWith(HugePages, StringComparison.Ordinal)
        || resource.StartsWith(RequestPrefix + HugePages, StringComparison.Ordinal)
        || (resource.StartsWith(RequestPrefix, StringComparison.Ordinal) && !IsNative(resource));

    public static bool IsOfServices(string resource) => resource is "count/services" or "services" or "services.nodeports" or "services.loadbalancers";

    public static bool IsOfClaims(string resource) => resource is "count/persistentvolumeclaims" or Claims or StorageRequests
        || resource.EndsWith(ClassSuffix + StorageRequests, StringComparison.Ordinal)
        || resource.EndsWith(ClassSuffix + Claims, StringComparison.Ordinal);

    public static Dictionary<string, Quantity> Of(Pod pod, DateTimeOffset now)
    {
        var usage = new Dictionary<string, Quantity>(StringComparer.Ordinal) { ["count/pods"] = One };
        if (HasEnded(pod, now))
        {
            return usage;
        }

        usage["pods"] = One;
        foreach (var (name, amount) in Total(pod, static container => container.Resources.Requests, mustBeThere: false))
        {
            if (Compute.Contains(name) || name.StartsWith(HugePages, StringComparison.Ordinal))
            {
                usage[name] = amount;
                usage[RequestPrefix + name] = amount;
            }
            else if (IsExtended(name))
            {
                usage[RequestPrefix + name] = amount;
            }
        }

        foreach (var (name, amount) in Total(pod, static container => container.Resources.Limits, mustBeThere: true))
        {
            if (Compute.Contains(name))
            {
                usage["limits." + name] = amount;
            }
        }

        return usage;
    }

    public static Dictionary<string, Quantity> Of(Service service)
    {
        var usage = new Dictionary<string, Quantity>(StringComparer.Ordinal) { ["count/services"] = One, ["services"] = One };
        var ports = service.Spec.Ports.Length;
        switch (service.Spec.Type)
        {
            case "NodePort":
                usage["services.nodeports"] = Quantity.FromUnits(ports);
                break;
            case "LoadBalancer":
                usage["services.nodeports"] = Quantity.FromUnits(
                    service.Spec.AllocateLoadBalancerNodePorts == false ? service.Spec.Ports.Count(static port => port.NodePort != 0) : ports);
                usage["services.loadbalancers"] = One;
                break;
        }

        return usage;
    }

    public static Dictionary<string, Quantity> Of(PersistentVolumeClaim claim)
    {
        var usage = new Dictionary<string, Quantity>(StringComparer.Ordinal) { ["count/persistentvolumeclaims"] = One, [Claims] = One };
        var className = claim.Metadata.Annotations.TryGetValue(ClassAnnotation, out var annotated) ? annotated : claim.Spec.StorageClassName ?? "";
        if (className.Length > 0)
        {
            usage[className + ClassSuffix + Claims] = One;
        }

        if (claim.Spec.Resources.Requests.TryGetValue("storage", out var storage))
        {
            usage[StorageRequests] = storage;
            if (className.Length > 0)
            {
                usage[className + ClassSuffix + StorageRequests] = storage;
            }
        }

        return usage;
    }

    /// <summary>Adds what one uses to a sum.</summary>
    public static void Add(Dictionary<string, Quantity> sum, IEnumerable<KeyValuePair<string, Quantity>> usage)
    {
        foreach (var (name, amount) in usage)
        {
            sum[name] = sum.TryGetValue(name, out var own) ? own + amount : amount;
        }
    }

    private static Dictionary<string, Quantity> Total(Pod pod, Func<Container, StringMap<Quantity>> part, bool mustBeThere)
    {
        var total = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var container in pod.Spec.Containers)
        {
            Add(total, part(container));
        }

        foreach (var container in pod.Spec.InitContainers)
        {
            foreach (var (name, amount) in part(container))
            {
                total[name] = total.TryGetValue(name, out var own) && own >= amount ? own : amount;
            }
        }

        // What comes on top is a limit only where there is one.
        Add(total, pod.Spec.Overhead.Where(entry => !mustBeThere || total.ContainsKey(entry.Key)).ToArray());
        return total;
    }

    private static bool HasEnded(Pod pod, DateTimeOffset now) => pod.Status.Phase is "Failed" or "Succeeded"
        || (pod.Metadata is { DeletionTimestamp: { } deletion, DeletionGracePeriodSeconds: { } grace } && now > deletion.AddSeconds(grace));

    private static bool IsExtended(string name) => !IsNative(name) && !name.StartsWith(RequestPrefix, StringComparison.Ordinal);

    private static bool IsNative(string name) =>
        !name.Contains('/', StringComparison.Ordinal) || name.Contains("kubernetes.io/", StringComparison.Ordinal);
}
