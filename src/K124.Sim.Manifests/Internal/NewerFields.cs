using System.Text.Json;
using System.Text.RegularExpressions;

namespace K124.Sim.Manifests.Internal;

/// <summary>Fields by which newer releases decide otherwise than 1.24, which drops them.</summary>
internal static partial class NewerFields
{
    // Depths, arrays included, at which names that 1.24 has elsewhere are new: a container's restart policy, the resources of a pod.
    private const int OfContainer = 4;
    private const int OfSpec = 2;

    /// <summary>Whether the name that the reader stands on may be such a field; a look at the types around it tells.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="depth">Objects and arrays that the name stands in.</param>
    public static bool MayBe(ref readonly Utf8JsonReader reader, int depth) => reader.ValueSpan.Length switch
    {
        8 => reader.ValueTextEquals("ordinals"u8),
        9 => depth == OfSpec && (reader.ValueTextEquals("resources"u8) || reader.ValueTextEquals("managedBy"u8)),
        12 => reader.ValueTextEquals("resizePolicy"u8),
        13 => (depth >= OfContainer && reader.ValueTextEquals("restartPolicy"u8)) || reader.ValueTextEquals("successPolicy"u8),
        14 => reader.ValueTextEquals("matchLabelKeys"u8) || reader.ValueTextEquals("resourceClaims"u8),
        15 => reader.ValueTextEquals("schedulingGates"u8),
        16 => reader.ValueTextEquals("nodeTaintsPolicy"u8) || reader.ValueTextEquals("podFailurePolicy"u8),
        17 => reader.ValueTextEquals("mismatchLabelKeys"u8),
        18 => reader.ValueTextEquals("nodeAffinityPolicy"u8),
        19 => reader.ValueTextEquals("trafficDistribution"u8),
        20 => reader.ValueTextEquals("podReplacementPolicy"u8) || reader.ValueTextEquals("backoffLimitPerIndex"u8),
        25 => reader.ValueTextEquals("volumeAttributesClassName"u8),
        26 => reader.ValueTextEquals("unhealthyPodEvictionPolicy"u8),
        _ => false,
    };

    /// <summary>Paths of such fields in an object, without numbers of elements: <c>initContainers[].restartPolicy</c>.</summary>
    public static IEnumerable<string> In(ReadOnlySpan<byte> json, Type type, JsonSerializerOptions options)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        var walker = new JsonWalker(json, type, options);
        while (walker.Read())
        {
            if (walker.IsUnknownMember && walker.IsNamedSo())
            {
                var path = Element().Replace(walker.Path(), "[]");
                paths.Add(path.StartsWith("spec.", StringComparison.Ordinal) ? path["spec.".Length..] : path);
            }
        }

        return paths;
    }

    [GeneratedRegex(@"\[\d+\]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Element();
}
