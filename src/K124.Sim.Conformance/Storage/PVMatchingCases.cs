using System.Text.Json;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Conformance.Storage;

/// <summary>The choice of one volume for one claim out of an ordered list.</summary>
internal static class PVMatchingCases
{
    public static CaseOutcome Verify(JsonElement testCase)
    {
        CaseReader.DemandOnly(testCase, "id", "covers", "claim", "volumes", "nodeLabels", "excluded", "delayBinding", "expect");
        var volumes = CaseReader.ReadAll<PersistentVolume>(testCase, "volumes").ToArray();
        var positions = volumes.Index().ToDictionary(static entry => entry.Item.Metadata.Name, static entry => entry.Index, StringComparer.Ordinal);
        var index = new PersistentVolumeIndex((left, right) => positions[left.Metadata.Name].CompareTo(positions[right.Metadata.Name]));
        foreach (var volume in volumes)
        {
            index.Set(volume);
        }

        var match = index.FindMatchingVolume(
            CaseReader.Read<PersistentVolumeClaim>(testCase.GetProperty("claim")),
            testCase.TryGetProperty("nodeLabels", out var labels)
                ? labels.EnumerateObject().Select(static label => KeyValuePair.Create(label.Name, label.Value.GetString()!)).ToStringMap()
                : null,
            testCase.TryGetProperty("excluded", out var excluded)
                ? excluded.EnumerateArray().Select(static name => name.GetString()!).ToHashSet(StringComparer.Ordinal)
                : [],
            testCase.TryGetProperty("delayBinding", out var delay) && delay.GetBoolean());
        var expect = testCase.GetProperty("expect");
        CaseReader.DemandOnly(expect, "volume", "error");
        var comparison = new Comparison();
        comparison.Equal("expect.volume", expect.TryGetProperty("volume", out var name) ? name.GetString() : null, match.Volume?.Metadata.Name);
        comparison.Equal("expect.error", expect.TryGetProperty("error", out var error) ? error.GetString() : null, match.Error);
        return comparison.Outcome;
    }
}
