using K124.Sim.Model;

namespace K124.Sim.Pods.Resources;

/// <summary>Amounts by resource, summed and compared.</summary>
internal static class ResourceSums
{
    /// <summary>Adds amounts to a sum.</summary>
    public static void Add(this SortedDictionary<string, Quantity> sum, StringMap<Quantity> amounts)
    {
        foreach (var (name, amount) in amounts)
        {
            sum[name] = sum.TryGetValue(name, out var already) ? already + amount : amount;
        }
    }

    /// <summary>Raises each amount to at least another.</summary>
    public static void RaiseTo(this SortedDictionary<string, Quantity> sum, StringMap<Quantity> amounts)
    {
        foreach (var (name, amount) in amounts)
        {
            if (!sum.TryGetValue(name, out var already) || amount > already)
            {
                sum[name] = amount;
            }
        }
    }

    /// <summary>The amount of a resource, zero if none is named.</summary>
    public static Quantity Of(this StringMap<Quantity> amounts, string resource) => amounts.TryGetValue(resource, out var amount) ? amount : default;
}
