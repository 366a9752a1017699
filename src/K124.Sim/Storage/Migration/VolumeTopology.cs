using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Storage.Migration;

/// <summary>Moves the topology of a volume between the well-known labels and a driver's own keys.</summary>
internal static class VolumeTopology
{
    private const string ZoneDelimiter = "__";

    /// <summary>Computes the one region of a list of zones.</summary>
    /// <returns>The region, or why there is none.</returns>
    public delegate (string? Region, string? Error) RegionParser(IReadOnlyList<string> zones);

    /// <summary>In-tree to CSI: the zone moves to the driver's key, in the affinity or from the label into it.</summary>
    public static PersistentVolume ToCSI(PersistentVolume volume, string driverZoneKey)
    {
        var generation = TopologyLabels.Of(volume);
        if (Values(volume, generation.Zone).Count > 0)
        {
            volume = Rename(volume, generation.Zone, driverZoneKey);
        }
        else if (volume.Metadata.Labels.TryGetValue(generation.Zone, out var label))
        {
            volume = Require(volume, driverZoneKey, SplitZones(label));
        }

        return generation == TopologyLabels.Beta ? Rename(volume, generation.Region, TopologyLabels.Stable.Region) : volume;
    }

    /// <summary>CSI to in-tree: the zone moves to the label's key, regions are computed, and the labels are set where there are none.</summary>
    /// <returns>The volume, or why a region cannot be computed.</returns>
    public static CSITranslation<PersistentVolume> ToInTree(PersistentVolume volume, string driverZoneKey, RegionParser? regionOf)
    {
        var generation = TopologyLabels.Of(volume);
        volume = Rename(volume, driverZoneKey, generation.Zone);
        if (regionOf is not null)
        {
            var withRegions = AddRegions(volume, regionOf);
            if (!withRegions.Succeeded)
            {
                return CSITranslation.Failed<PersistentVolume>($"Failed to handle region topology. error: {withRegions.Error}");
            }

            volume = withRegions.Value;
        }

        var zones = Values(volume, generation.Zone);
        return CSITranslation.Of(zones.Count > 0 ? LabelIfAbsent(volume, generation.Zone, string.Join(ZoneDelimiter, zones)) : volume);
    }

    /// <summary>In-tree to CSI for a driver with a key for regions too: labels are taken whole.</summary>
    public static PersistentVolume ToCSI(PersistentVolume volume, string driverZoneKey, string driverRegionKey)
    {
        var generation = TopologyLabels.Of(volume);
        volume = MoveOrRequire(volume, generation.Zone, driverZoneKey);
        return MoveOrRequire(volume, generation.Region, driverRegionKey);
    }

    /// <summary>CSI to in-tree for a driver with a key for regions too: of several values the first becomes the label.</summary>
    public static PersistentVolume ToInTree(PersistentVolume volume, string driverZoneKey, string driverRegionKey)
    {
        var generation = TopologyLabels.Of(volume);
        volume = Rename(Rename(volume, driverZoneKey, generation.Zone), driverRegionKey, generation.Region);
        volume = LabelWithFirst(volume, generation.Zone);
        return LabelWithFirst(volume, generation.Region);
    }

    private static PersistentVolume MoveOrRequire(PersistentVolume volume, string labelKey, string driverKey)
    {
        if (Values(volume, labelKey).Count > 0)
        {
            return Rename(volume, labelKey, driverKey);
        }

        return volume.Metadata.Labels.TryGetValue(labelKey, out var label) && label.Length > 0
            ? Require(volume, driverKey, Distinct([label]))
            : volume;
    }

    private static PersistentVolume LabelWithFirst(PersistentVolume volume, string key) =>
        Values(volume, key) is { Count: > 0 } values ? LabelIfAbsent(volume, key, values.Min!) : volume;

    private static CSITranslation<PersistentVolume> AddRegions(PersistentVolume volume, RegionParser regionOf)
    {
        // Chosen again: the rename may have brought in a key.
        var generation = TopologyLabels.Of(volume);
        var terms = Terms(volume).ToBuilder();
        for (var i = 0; i < terms.Count; i++)
        {
            var expressions = terms[i].MatchExpressions;
            if (expressions.Any(expression => expression.Key == generation.Region))
            {
                continue;
            }

            var zones = expressions.Where(expression => expression.Key == generation.Zone).SelectMany(expression => expression.Values).ToArray();
            var (region, error) = regionOf(zones);
            if (region is null)
            {
                return CSITranslation.Failed<PersistentVolume>(error!);
            }

            terms[i] = terms[i] with { MatchExpressions = expressions.Add(In(generation.Region, [region])) };
        }

        volume = WithTerms(volume, terms.ToImmutable());
        var regions = Values(volume, generation.Region);
        return CSITranslation.Of(regions.Count == 1 ? LabelIfAbsent(volume, generation.Region, regions.Min!) : volume);
    }

    private static ImmutableArray<string> SplitZones(string label) => Distinct(label.Split(ZoneDelimiter));

    private static ImmutableArray<string> Distinct(IEnumerable<string> values) =>
        [.. values.Select(static value => value.Trim()).Where(static value => value.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The values of a key in the affinity of a volume, whatever the operators and terms.</summary>
    private static SortedSet<string> Values(PersistentVolume volume, string key) => new(
        Terms(volume).SelectMany(static term => term.MatchExpressions).Where(expression => expression.Key == key).SelectMany(static expression => expression.Values),
        StringComparer.Ordinal);

    private static PersistentVolume Rename(PersistentVolume volume, string from, string to)
    {
        var terms = Terms(volume);
        return terms.Any(term => term.MatchExpressions.Any(expression => expression.Key == from))
            ? WithTerms(volume, [.. terms.Select(term => term with { MatchExpressions = Renamed(term.MatchExpressions, from, to) })])
            : volume;
    }

    private static ImmutableArray<NodeSelectorRequirement> Renamed(ImmutableArray<NodeSelectorRequirement> expressions, string from, string to) =>
        [.. expressions.Select(expression => expression.Key == from ? expression with { Key = to } : expression)];

    /// <summary>Adds a requirement to every term, or to a new one if there is none.</summary>
    private static PersistentVolume Require(PersistentVolume volume, string key, ImmutableArray<string> values)
    {
        if (values.IsEmpty)
        {
            return volume;
        }

        var terms = Terms(volume);
        var every = terms.IsEmpty ? [NodeSelectorTerm.Default] : terms;
        return WithTerms(volume, [.. every.Select(term => term with { MatchExpressions = term.MatchExpressions.Add(In(key, values)) })]);
    }

    private static NodeSelectorRequirement In(string key, ImmutableArray<string> values) => new() { Key = key, Operator = "In", Values = values };

    private static ImmutableArray<NodeSelectorTerm> Terms(PersistentVolume volume) => volume.Spec.NodeAffinity?.Required?.NodeSelectorTerms ?? [];

    private static PersistentVolume WithTerms(PersistentVolume volume, ImmutableArray<NodeSelectorTerm> terms) => terms.IsEmpty
        ? volume
        : volume with { Spec = volume.Spec with { NodeAffinity = new() { Required = new() { NodeSelectorTerms = terms } } } };

    private static PersistentVolume LabelIfAbsent(PersistentVolume volume, string key, string value) => volume.Metadata.Labels.ContainsKey(key)
        ? volume
        : volume with { Metadata = volume.Metadata with { Labels = volume.Metadata.Labels.With(key, value) } };
}
