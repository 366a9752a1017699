using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Model;
using K124.Sim.Model.Json;
using K124.Sim.Storage.Migration;

namespace K124.Sim.Conformance.Storage;

/// <summary>Translation between in-tree and CSI objects.</summary>
internal static class CSITranslationCases
{
    private const string GCEPersistentDiskDriver = "pd.csi.storage.gke.io";

    public static CaseOutcome Verify(JsonElement testCase)
    {
        CaseReader.DemandOnly(testCase, "id", "covers", "op", "input", "podNamespace", "nodeID", "expect");
        var input = testCase.GetProperty("input");
        var expect = testCase.GetProperty("expect");
        switch (testCase.GetProperty("op").GetString())
        {
            case "pvToCSI":
                return Compare(expect, CSITranslator.TranslateInTreePVToCSI(CaseReader.Read<PersistentVolume>(input)));
            case "pvToInTree":
                var volume = CaseReader.Read<PersistentVolume>(input);
                return Compare(expect, CSITranslator.TranslateCSIPVToInTree(volume), volume.Metadata.Name);
            case "inlineToCSI":
                var inline = input.Deserialize((JsonTypeInfo<Volume>)ModelJsonOptions.Shared.GetTypeInfo(typeof(Volume))) ?? throw new JsonException("no volume");
                return Compare(expect, CSITranslator.TranslateInTreeInlineVolumeToCSI(inline, testCase.GetProperty("podNamespace").GetString()!));
            case "classToCSI":
                var storageClass = CaseReader.Read<StorageClass>(input);
                return Compare(expect, CSITranslator.TranslateInTreeStorageClassToCSI(storageClass.Provisioner, storageClass));
            case "repairVolumeHandle":
                var handle = CSITranslator.RepairVolumeHandle(GCEPersistentDiskDriver, input.GetString()!, testCase.GetProperty("nodeID").GetString()!);
                var comparison = new Comparison();
                comparison.Equal("expect.object", Text(expect, "object"), handle.Value);
                comparison.Equal("expect.error", Text(expect, "error"), handle.Error);
                return comparison.Outcome;
            case var unknown:
                throw new JsonException($"unknown operation '{unknown}'");
        }
    }

    private static CaseOutcome Compare<T>(JsonElement expect, CSITranslation<T> answered, string? dumpedObject = null)
        where T : class, IApiObject
    {
        CaseReader.DemandOnly(expect, "object", "error");
        if (expect.TryGetProperty("object", out var recorded))
        {
            string[] differences = answered.Error is { } error
                ? [$"expect.object: recorded an object, answered the error {error}"]
                : [.. ObjectComparison.Differences("expect.object", recorded, answered.Value)];
            return differences.Length == 0 ? CaseOutcome.Agrees : new CaseOutcome.Differ([.. differences]);
        }

        // The recordings leave out the dump of the object; the library names it.
        var comparison = new Comparison();
        comparison.Equal("expect.error", Text(expect, "error"), answered.Error?.Replace($"PV:{dumpedObject}.", "PV:<object>.", StringComparison.Ordinal));
        return comparison.Outcome;
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var text) ? text.GetString() : null;
}
