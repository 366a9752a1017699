using System.Collections.Immutable;

namespace K124.Sim.Platform;

/// <summary>What came of setting feature gates.</summary>
/// <param name="Gates">The new gates; null if they were refused.</param>
/// <param name="Error">Why they were refused, in the words of 1.24; null if they were not.</param>
/// <param name="Warnings">What 1.24 logs of gates that will go, in the order of their names.</param>
public sealed record FeatureGateChange(FeatureGates? Gates, string? Error, ImmutableArray<string> Warnings)
{
    internal static FeatureGateChange Refused(string error) => new(null, error, []);

    internal FeatureGates OrThrow(string parameterName) => Gates ?? throw new ArgumentException(Error, parameterName);
}
