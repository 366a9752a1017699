using System.Text.Json;
using K124.Sim.Conformance.Storage;
using K124.Sim.Manifests;
using K124.Sim.Scheduling;

namespace K124.Sim.Conformance.Scheduler;

/// <summary>Reads the configuration and the feature gates that a case was recorded under.</summary>
internal static class RecordedOptions
{
    /// <exception cref="JsonException">It is not a configuration that 1.24 starts with.</exception>
    public static SchedulerOptions Read(JsonElement config)
    {
        if (config.ValueKind == JsonValueKind.Undefined)
        {
            return new();
        }

        CaseReader.DemandOnly(config, "percentageOfNodesToScore", "parallelism", "tieBreak", "note", "schedulerConfiguration", "featureGates");
        var options = new SchedulerOptions { FeatureGates = CaseGates.Read(config) };
        if (!config.TryGetProperty("schedulerConfiguration", out var given))
        {
            return options;
        }

        var result = SchedulerConfigurationReader.Parse(given.GetRawText(), options.FeatureGates);
        return result.Configuration is { } configuration
            ? options with { Configuration = configuration }
            : throw new JsonException(string.Join("; ", result.Errors.Select(static error => error.ToString())));
    }
}
