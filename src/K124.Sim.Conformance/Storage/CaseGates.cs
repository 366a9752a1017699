using System.Text.Json;
using K124.Sim.Platform;

namespace K124.Sim.Conformance.Storage;

/// <summary>Reads the feature gates of a case.</summary>
internal static class CaseGates
{
    /// <summary>The defaults of 1.24 with those of the case set.</summary>
    /// <exception cref="ArgumentException">A gate is unknown or locked.</exception>
    public static FeatureGates Read(JsonElement testCase) => testCase.TryGetProperty("featureGates", out var given)
        ? given.EnumerateObject().Aggregate(FeatureGates.Default, static (gates, gate) => gates.With(gate.Name, gate.Value.GetBoolean()))
        : FeatureGates.Default;
}
