using K124.Sim.Model;

namespace K124.Sim.Pods.Resources;

/// <summary>What a pod asks for as a whole: its containers side by side, or its largest init container, and its overhead.</summary>
/// <remarks>Kubernetes 1.24 pkg/api/v1/resource and pkg/quota/v1/evaluator/core; KEP-688.</remarks>
internal static class PodResources
{
    private const string Cpu = "cpu";
    private const string Memory = "memory";
    private const string EphemeralStorage = "ephemeral-storage";
    private const string RequestsPrefix = "requests.";
    private const string LimitsPrefix = "limits.";
    private const string HugePagesPrefix = "hugepages-";
    private const long DefaultMilliCpu = 100;
    private const long DefaultMemoryBytes = 200L * 1024 * 1024;

    /// <summary>What it requests.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="withOverhead">Whether its overhead counts.</param>
    public static StringMap<Quantity> Requests(PodSpec pod, bool withOverhead = true)
    {
        var sum = SumOf(pod, static resources => resources.Requests);
        if (withOverhead)
        {
            sum.Add(pod.Overhead);
        }

        return sum.ToStringMap();
    }

    /// <summary>What it is limited to. Overhead raises a limit, and makes none.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="withOverhead">Whether its overhead counts.</param>
    public static StringMap<Quantity> Limits(PodSpec pod, bool withOverhead = true)
    {
        var sum = SumOf(pod, static resources => resources.Limits);
        foreach (var (name, amount) in withOverhead ? pod.Overhead : StringMap<Quantity>.Empty)
        {
            if (sum.TryGetValue(name, out var limit) && !limit.IsZero)
            {
                sum[name] = limit + amount;
            }
        }

        return sum.ToStringMap();
    }

    /// <summary>The request that ranks it for eviction: overhead counts only on top of something.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="resource">Name of the resource.</param>
    public static Quantity EvictionRequest(PodSpec pod, string resource)
    {
        var request = SumOf(pod, static resources => resources.Requests).GetValueOrDefault(resource);
        return request.IsZero ? request : request + pod.Overhead.Of(resource);
    }

    /// <summary>What it uses of quotas while it is not finished. Overhead counts as a limit even without one.</summary>
    public static StringMap<Quantity> QuotaUsage(PodSpec pod)
    {
        var (requests, limits) = (SumOf(pod, static resources => resources.Requests), SumOf(pod, static resources => resources.Limits));
        requests.Add(pod.Overhead);
        limits.Add(pod.Overhead);
        var usage = new SortedDictionary<string, Quantity>(StringComparer.Ordinal)
        {
            ["count/pods"] = Quantity.FromUnits(1),
            ["pods"] = Quantity.FromUnits(1),
        };
        foreach (var (name, amount) in requests)
        {
            var isPlain = name is Cpu or Memory or EphemeralStorage || name.StartsWith(HugePagesPrefix, StringComparison.Ordinal);
            if (isPlain)
            {
                usage[name] = amount;
            }

            if (isPlain || IsExtended(name))
            {
                usage[RequestsPrefix + name] = amount;
            }
        }

        foreach (var name in (ReadOnlySpan<string>)[Cpu, Memory, EphemeralStorage])
        {
            if (limits.TryGetValue(name, out var amount))
            {
                usage[LimitsPrefix + name] = amount;
            }
        }

        return usage.ToStringMap();
    }

    /// <summary>Thousandths of a CPU that a container counts for when nodes are scored.</summary>
    public static long NonZeroMilliCpu(ResourceRequirements resources) =>
        resources.Requests.TryGetValue(Cpu, out var amount) ? amount.MilliValue() : DefaultMilliCpu;

    /// <summary>Bytes of memory that a container counts for when nodes are scored.</summary>
    public static long NonZeroMemoryBytes(ResourceRequirements resources) =>
        resources.Requests.TryGetValue(Memory, out var amount) ? amount.Value() : DefaultMemoryBytes;

    private static SortedDictionary<string, Quantity> SumOf(PodSpec pod, Func<ResourceRequirements, StringMap<Quantity>> amounts)
    {
        var sum = new SortedDictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var container in pod.Containers)
        {
            sum.Add(amounts(container.Resources));
        }

        foreach (var container in pod.InitContainers)
        {
            sum.RaiseTo(amounts(container.Resources));
        }

        return sum;
    }

    private static bool IsExtended(string name) => name.Contains('/', StringComparison.Ordinal)
        && !name.Contains("kubernetes.io/", StringComparison.Ordinal)
        && !name.StartsWith(RequestsPrefix, StringComparison.Ordinal);
}
