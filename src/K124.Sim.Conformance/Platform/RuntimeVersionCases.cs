using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Nodes.Readiness;

namespace K124.Sim.Conformance.Platform;

/// <summary>Versions of container runtimes, read and compared.</summary>
internal static class RuntimeVersionCases
{
    public static CaseOutcome Verify(RecordedCase testCase) => CaseJson.Compare(testCase, testCase.Json.Text("kind") switch
    {
        "version" => Printed(testCase.Json.Text("version")),
        "compare" => Compared(testCase.Json.Text("version"), testCase.Json.Text("other")),
        var kind => throw new JsonException($"unknown kind {kind}"),
    });

    private static JsonObject Printed(string text) => RuntimeVersion.TryParse(text, out var version, out var problem)
        ? new() { ["printed"] = version.ToString() }
        : new() { ["error"] = problem, ["nodeInfo"] = RuntimeVersion.Unknown };

    private static JsonObject Compared(string text, string otherText) =>
        RuntimeVersion.TryParseSemantic(text, out var version, out _) && RuntimeVersion.TryParseSemantic(otherText, out var other, out _)
            ? new() { ["atLeast"] = version.IsAtLeast(other), ["lessThan"] = !version.IsAtLeast(other) }
            : new() { ["error"] = true };
}
