using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Model;

namespace K124.Sim.Kinds.Pods;

/// <summary>The class of service that follows from requests and limits.</summary>
internal static class PodQos
{
    /// <summary>The class of a pod.</summary>
    /// <param name="spec">Specification of the pod.</param>
    /// <returns><c>BestEffort</c>, <c>Burstable</c> or <c>Guaranteed</c>.</returns>
    public static string ClassOf(JsonObject spec)
    {
        var requests = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        var limits = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        var isGuaranteed = true;
        foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers"])
        {
            foreach (var container in spec.Objects(list))
            {
                var resources = container.Object("resources");
                Add(requests, resources.Object("requests"));
                isGuaranteed &= Add(limits, resources.Object("limits")) == 2;
            }
        }

        if (requests.Count == 0 && limits.Count == 0)
        {
            return "BestEffort";
        }

        return isGuaranteed && requests.Count == limits.Count && requests.All(item => limits.TryGetValue(item.Key, out var limit) && limit == item.Value)
            ? "Guaranteed"
            : "Burstable";
    }

    private static int Add(Dictionary<string, Quantity> sums, JsonObject? amounts)
    {
        var count = 0;
        foreach (var name in (ReadOnlySpan<string>)["cpu", "memory"])
        {
            var amount = Quantities.Read(amounts.TextOrNull(name));
            if (amount > default(Quantity))
            {
                count++;
                sums[name] = sums.TryGetValue(name, out var sum) ? sum + amount : amount;
            }
        }

        return count;
    }
}
