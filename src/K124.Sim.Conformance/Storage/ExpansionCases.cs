using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Conformance.Kinds;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Storage.Expansion;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Conformance.Storage;

/// <summary>Volume expansion: checks of the API server, controller and node.</summary>
internal static class ExpansionCases
{
    // Conditions that the recorded component wrote itself are marked "now" instead of a time.
    private static readonly DateTimeOffset Now = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ObjectKey Pod = new("default", "pod");

    public static CaseOutcome Verify(JsonElement testCase)
    {
        CaseReader.DemandOnly(
            testCase, "id", "covers", "featureGates", "op", "cluster", "old", "new", "claim", "volume", "expandError", "nodeExpandError", "readOnly", "recordedSize", "expect");
        var expect = testCase.GetProperty("expect");
        string[] differences = testCase.GetProperty("op").GetString() switch
        {
            "apiUpdate" => [.. UpdateDifferences(testCase, expect)],
            "controllerSync" => [.. SyncDifferences(testCase, expect)],
            "nodeAtMount" or "nodeOnline" => [.. NodeDifferences(testCase, expect)],
            var unknown => throw new JsonException($"unknown operation '{unknown}'"),
        };
        return differences.Length == 0 ? CaseOutcome.Agrees : new CaseOutcome.Differ([.. differences]);
    }

    private static IEnumerable<string> UpdateDifferences(JsonElement testCase, JsonElement expect)
    {
        CaseReader.DemandOnly(expect, "admission", "validation");
        CaseReader.DemandOnly(testCase.GetProperty("cluster"), "storageClasses");
        var classes = CaseReader.ReadAll<StorageClass>(testCase.GetProperty("cluster"), "storageClasses").ToDictionary(static item => item.Metadata.Name, StringComparer.Ordinal);
        var stored = CaseReader.Read<PersistentVolumeClaim>(testCase.GetProperty("old"));
        var update = CaseReader.Read<PersistentVolumeClaim>(testCase.GetProperty("new"));
        var comparison = new Comparison();
        comparison.Equal(
            "expect.admission", expect.GetProperty("admission").GetString(), PersistentVolumeClaimResize.Validate(stored, update, classes.GetValueOrDefault));
        comparison.Equal(
            "expect.validation",
            Lines(expect, "validation", static error =>
                $"{error.GetProperty("type").GetString()} {error.GetProperty("field").GetString()}: {error.GetProperty("detail").GetString()}"),
            string.Join('\n', UpdateErrors(testCase).Select(static error => $"{error.Reason} {error.Field}: {error.Detail.Split('\n')[0]}")));
        return Details(comparison);
    }

    /// <summary>What the strategy of claims says; the difference that it prints was not recorded.</summary>
    private static ImmutableArray<FieldError> UpdateErrors(JsonElement testCase)
    {
        var (stored, update) = (Tree("old"), Tree("new"));
        var write = new StrategyWrite(KindsWorld.ResourceOf(stored), CaseGates.Read(testCase));
        write.Update(update, stored);
        return write.Errors;

        JsonObject Tree(string name) => JsonNode.Parse(testCase.GetProperty(name).GetRawText())!.AsObject();
    }

    private static IEnumerable<string> SyncDifferences(JsonElement testCase, JsonElement expect)
    {
        CaseReader.DemandOnly(expect, "claim", "volume", "events", "expandCalled", "error");
        var plugins = RecordedPlugins.All(Text(testCase, "expandError"), nodeExpandError: null);
        var result = new VolumeExpandController(plugins, ClusterProfile.Of(CaseGates.Read(testCase))).Sync(
            CaseReader.Read<PersistentVolumeClaim>(testCase.GetProperty("claim")), CaseReader.Read<PersistentVolume>(testCase.GetProperty("volume")), Now);
        var comparison = new Comparison();
        comparison.Equal("expect.error", Text(expect, "error"), result.Error);
        comparison.Equal("expect.expandCalled", Text(expect, "expandCalled"), Text(result.ExpandCalled));
        comparison.Equal("expect.events", Lines(expect, "events", static text => text.GetString()!), Lines(result.Events));
        return Details(comparison)
            .Concat(ObjectComparison.Differences("expect.claim", WithTime(expect.GetProperty("claim")), result.Claim))
            .Concat(ObjectComparison.Differences("expect.volume", expect.GetProperty("volume"), result.Volume));
    }

    private static IEnumerable<string> NodeDifferences(JsonElement testCase, JsonElement expect)
    {
        CaseReader.DemandOnly(expect, "claim", "events", "done", "inUseMarked", "nodeExpandCalled", "error");
        var claim = CaseReader.Read<PersistentVolumeClaim>(testCase.GetProperty("claim"));
        var volume = CaseReader.Read<PersistentVolume>(testCase.GetProperty("volume"));
        var readOnly = testCase.TryGetProperty("readOnly", out var flag) && flag.GetBoolean();
        var expander = new NodeVolumeExpander("node", RecordedPlugins.All(expandError: null, Text(testCase, "nodeExpandError")), ClusterProfile.Of(CaseGates.Read(testCase)));
        var result = testCase.TryGetProperty("recordedSize", out var recordedSize)
            ? expander.ExpandOnline(Pod, claim, volume, Quantity.Parse(recordedSize.GetString()!), isInUseMarked: false, readOnly)
            : expander.ExpandAtMount(Pod, claim, volume, readOnly);
        var comparison = new Comparison();
        comparison.Equal("expect.error", Text(expect, "error"), result.Error);
        comparison.Equal("expect.done", Text(expect, "done"), Text(result.Done));
        comparison.Equal("expect.inUseMarked", Text(expect, "inUseMarked"), Text(result.InUseMarked));
        comparison.Equal("expect.nodeExpandCalled", Text(expect, "nodeExpandCalled"), Text(result.NodeExpandCalled));
        comparison.Equal("expect.events", Lines(expect, "events", static text => text.GetString()!), Lines(result.Events));
        return Details(comparison).Concat(ObjectComparison.Differences("expect.claim", WithTime(expect.GetProperty("claim")), result.Claim));
    }

    private static ImmutableArray<string> Details(Comparison comparison) => comparison.Outcome is CaseOutcome.Differ differ ? differ.Details : [];

    private static JsonElement WithTime(JsonElement claim)
    {
        using var document = JsonDocument.Parse(claim.GetRawText().Replace("\"now\"", $"\"{Now:yyyy-MM-ddTHH:mm:ssZ}\"", StringComparison.Ordinal));
        return document.RootElement.Clone();
    }

    private static string? Text(JsonElement element, string name) => !element.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => Text(value.GetBoolean()),
        _ => value.GetString(),
    };

    private static string Text(bool value) => value ? "true" : "false";

    private static string Lines(JsonElement element, string name, Func<JsonElement, string> text) =>
        string.Join('\n', element.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(text) : []);

    // The recordings cut off what identifies the volume.
    private static string Lines(ImmutableArray<VolumeEvent> events) =>
        string.Join('\n', events.Select(static item => $"{item.Type} {item.Reason} {Cut(item)}"));

    private static string Cut(VolumeEvent item) => item.Reason.StartsWith("FileSystemResize", StringComparison.Ordinal)
        ? item.Message[..item.Message.IndexOf(" for volume ", StringComparison.Ordinal)]
        : item.Message;
}
