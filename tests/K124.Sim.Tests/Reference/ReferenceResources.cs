using K124.Sim.Model;

namespace K124.Sim.Tests.Reference;

/// <summary>Quantities as the scheduler counts them.</summary>
public static class ReferenceResources
{
    public static long Amount(string resource, Quantity quantity) => resource == "cpu" ? quantity.MilliValue() : quantity.Value();

    public static long NonZeroDefault(string resource) => resource switch
    {
        "cpu" => ReferencePod.DefaultCpuMilli,
        "memory" => ReferencePod.DefaultMemoryBytes,
        _ => 0,
    };

    public static IEnumerable<KeyValuePair<string, long>> Known(StringMap<Quantity> amounts) =>
        amounts.Where(static pair => pair.Key is "cpu" or "memory" or "ephemeral-storage" || IsScalar(pair.Key))
            .Select(static pair => KeyValuePair.Create(pair.Key, Amount(pair.Key, pair.Value)));

    public static bool IsScalar(string name) =>
        IsExtended(name)
        || name.StartsWith("hugepages-", StringComparison.Ordinal)
        || name.Contains("kubernetes.io/", StringComparison.Ordinal)
        || name.StartsWith("attachable-volumes-", StringComparison.Ordinal);

    private static bool IsExtended(string name) =>
        name.Contains('/', StringComparison.Ordinal)
        && !name.Contains("kubernetes.io/", StringComparison.Ordinal)
        && !name.StartsWith("requests.", StringComparison.Ordinal)
        && ReferenceSelector.IsQualifiedName("requests." + name);
}
