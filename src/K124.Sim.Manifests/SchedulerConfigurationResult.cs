using System.Collections.Immutable;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Manifests;

/// <summary>What came of reading a scheduler configuration.</summary>
/// <param name="Configuration">The configuration; null if there are errors.</param>
/// <param name="Errors">What is wrong; empty if the configuration was read.</param>
public sealed record SchedulerConfigurationResult(SchedulerConfiguration? Configuration, ImmutableArray<ManifestError> Errors)
{
    internal static SchedulerConfigurationResult Of(params ImmutableArray<ManifestError> errors) => new(null, errors);
}
