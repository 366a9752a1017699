using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Pods;

namespace K124.Sim.Batch.Forecast;

/// <summary>The life of one Job on virtual time: the Job, what becomes of its pods, and what users do.</summary>
/// <remarks>Pods are named by identity: <c>p.3</c> is the third pod of a NonIndexed Job, <c>i7.1</c> the first for index 7 of an Indexed
/// one; the UID of a pod is <c>uid-</c> and its identity.</remarks>
public sealed record JobScenario
{
    /// <summary>When the Job is created.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>How long the scenario lasts from <see cref="Start"/>.</summary>
    [JsonPropertyName("endUs")]
    [JsonConverter(typeof(MicrosecondsConverter))]
    public TimeSpan Duration { get; init; }

    /// <summary>Release and feature gates. In JSON the gates alone, as <c>gates</c>; the seed is not looked at.</summary>
    [JsonPropertyName("gates")]
    [JsonConverter(typeof(ProfileConverter))]
    public ClusterProfile Profile { get; init => field = value ?? ClusterProfile.Default; } = ClusterProfile.Default;

    /// <summary>The Job as stored: with defaults, selector and labels. A scenario may be read without it, but not run.</summary>
    public Job Job { get; init => field = value ?? new(); } = new();

    /// <summary>What users do, in any order.</summary>
    public ImmutableArray<JobAction> Actions { get => field.IsDefault ? [] : field; init; }

    /// <summary>What becomes of each pod, by identity.</summary>
    [JsonConverter(typeof(PodPlansConverter))]
    public StringMap<PodPlan> PodPlans { get; init => field = value ?? StringMap<PodPlan>.Empty; } = StringMap<PodPlan>.Empty;

    /// <summary>What becomes of a pod that <see cref="PodPlans"/> does not name; null leaves it pending for ever.</summary>
    public PodPlan? DefaultPodPlan { get; init; }

    /// <summary>How long the garbage collector takes for each of its steps.</summary>
    [JsonPropertyName("gcUs")]
    [JsonConverter(typeof(MicrosecondsConverter))]
    public TimeSpan GarbageCollectionDelay { get; init; }

    /// <summary>Latency and failures between the controller and the API server.</summary>
    public JobWorldOptions World { get; init => field = value ?? JobWorldOptions.Default; } = JobWorldOptions.Default;

    /// <summary>Reads a scenario.</summary>
    /// <param name="json">JSON text.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="JsonException">The text is not JSON, or a member is unknown, has the wrong type or a value that cannot be;
    /// <see cref="JsonException.Path"/> names it.</exception>
    public static JobScenario Parse(string json)
    {
        var scenario = JsonSerializer.Deserialize(json, BatchJson.Scenario) ?? throw new JsonException("expected a scenario, but found null");
        return JobScenarioRules.FindProblem(scenario, mayLackJob: true) is var (path, message)
            ? throw new JsonException(message, $"$.{path}", null, null)
            : scenario;
    }

    /// <summary>Writes the scenario.</summary>
    /// <returns>JSON text.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, BatchJson.Scenario);
}
