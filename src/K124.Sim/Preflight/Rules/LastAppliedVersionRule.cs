using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Kinds;

namespace K124.Sim.Preflight.Rules;

/// <summary>Objects whose writers still use a version that 1.24 does not serve: what was applied last, and who owns fields in which version.</summary>
internal sealed record LastAppliedVersionRule() : ItemRule("api-client", "Clients that write in versions that 1.24 does not serve", PreflightSeverity.Block)
{
    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, PreflightContext context)
    {
        var metadata = item.Root["metadata"];
        var applied = metadata["annotations"][Annotation];
        if (applied.Text.Length > 0 && VersionOf(applied.Text) is { } version && Refusal(version, item, context) is { } refusal)
        {
            yield return Block(item, applied.Path, $"the object was applied as {version}, which {refusal}: applying the same file again fails", "change the file it is applied from");
        }

        foreach (var entry in metadata["managedFields"].Items())
        {
            var field = entry["apiVersion"];
            if (Refusal(field.Text, item, context) is { } reason)
            {
                yield return Warn(
                    item, field.Path, $"{entry["manager"].Text} wrote fields as {field.Text}, which {reason}", $"upgrade {entry["manager"].Text}, if it still writes so");
            }
        }
    }

    private static string? Refusal(string version, PreflightItem item, PreflightContext context) =>
        ApiVersions.Gone(version, item.Kind) is { } gone ? $"is not served since v1.{gone.RemovedMinor}"
        : ApiVersions.Stored(version, item.Kind) is { } stored && !ApiVersions.IsServed(stored, context) ? "is off"
        : null;

    private static string? VersionOf(string json)
    {
        try
        {
            return (JsonNode.Parse(json) as JsonObject).TextOrNull("apiVersion");
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
