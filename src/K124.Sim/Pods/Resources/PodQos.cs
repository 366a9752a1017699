using K124.Sim.Model;

namespace K124.Sim.Pods.Resources;

/// <summary>The quality-of-service class of a pod. Overhead does not count.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/core/v1/helper/qos.</remarks>
internal static class PodQos
{
    /// <summary>Every container is limited in CPU and memory to what it requests.</summary>
    public const string Guaranteed = "Guaranteed";

    /// <summary>Something is requested or limited.</summary>
    public const string Burstable = "Burstable";

    /// <summary>Nothing is.</summary>
    public const string BestEffort = "BestEffort";

    private static readonly string[] Resources = ["cpu", "memory"];

    /// <summary>The class of a pod.</summary>
    public static string ClassOf(PodSpec pod)
    {
        var (requests, limits) = (NewSum(), NewSum());
        var isLimited = true;
        foreach (var container in pod.Containers.Concat(pod.InitContainers))
        {
            AddPositive(requests, container.Resources.Requests);
            isLimited &= AddPositive(limits, container.Resources.Limits) == Resources.Length;
        }

        if (requests.Count == 0 && limits.Count == 0)
        {
            return BestEffort;
        }

        var isEqual = requests.Count == limits.Count && requests.All(request => limits.TryGetValue(request.Key, out var limit) && limit == request.Value);
        return isLimited && isEqual ? Guaranteed : Burstable;
    }

    private static SortedDictionary<string, Quantity> NewSum() => new(StringComparer.Ordinal);

    /// <summary>Adds what is above zero, and says of how many resources that is.</summary>
    private static int AddPositive(SortedDictionary<string, Quantity> sum, StringMap<Quantity> amounts)
    {
        var count = 0;
        foreach (var resource in Resources)
        {
            var amount = amounts.Of(resource);
            if (amount > default(Quantity))
            {
                sum[resource] = sum.GetValueOrDefault(resource) + amount;
                count++;
            }
        }

        return count;
    }
}
