using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Storage.Migration;

/// <summary>The parts of class translation that the plugins share.</summary>
internal static class ClassParameters
{
    public const string FsType = "fstype";
    public const string CSIFsType = "csi.storage.k8s.io/fstype";

    /// <summary>Writes one parameter of the old class to the new one.</summary>
    public delegate void ParameterRewrite(SortedDictionary<string, string> parameters, string lowerCaseName, string name, string value);

    private const string Zone = "zone";
    private const string Zones = "zones";

    /// <summary>Takes the zone parameters out of a class and makes them topologies on the driver's key.</summary>
    /// <param name="storageClass">The class.</param>
    /// <param name="driverZoneKey">The driver's key.</param>
    /// <param name="rewrite">Writes any other parameter.</param>
    public static CSITranslation<StorageClass> Translate(StorageClass storageClass, string driverZoneKey, ParameterRewrite rewrite)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        ImmutableArray<string>? zones = null;
        foreach (var (name, value) in storageClass.Parameters)
        {
            switch (name.ToLowerInvariant())
            {
                case Zone:
                    zones = [value];
                    break;
                case Zones:
                    zones = [.. value.Split(',')];
                    break;
                case var lower:
                    rewrite(parameters, lower, name, value);
                    break;
            }
        }

        if (zones is not null && !storageClass.AllowedTopologies.IsEmpty)
        {
            return CSITranslation.Failed<StorageClass>("cannot simultaneously set allowed topologies and zone/zones parameters");
        }

        return CSITranslation.Of(storageClass with
        {
            Parameters = parameters.ToStringMap(),
            AllowedTopologies = zones is { } values
                ? [new() { MatchLabelExpressions = [new() { Key = driverZoneKey, Values = values }] }]
                : Topologies(storageClass.AllowedTopologies, driverZoneKey),
        });
    }

    /// <summary>Topologies with the zone labels of both generations renamed to the driver's key.</summary>
    public static ImmutableArray<TopologySelectorTerm> Topologies(ImmutableArray<TopologySelectorTerm> terms, string driverZoneKey) =>
        [.. terms.Select(term => term with { MatchLabelExpressions = [.. term.MatchLabelExpressions.Select(requirement => Renamed(requirement, driverZoneKey))] })];

    /// <summary>Keeps a parameter, but moves the file system to the key that CSI provisioners read.</summary>
    public static void MoveFsType(SortedDictionary<string, string> parameters, string lower, string name, string value) =>
        parameters[lower == FsType ? CSIFsType : name] = value;

    private static TopologySelectorLabelRequirement Renamed(TopologySelectorLabelRequirement requirement, string driverZoneKey) =>
        requirement.Key == TopologyLabels.Stable.Zone || requirement.Key == TopologyLabels.Beta.Zone ? requirement with { Key = driverZoneKey } : requirement;
}
