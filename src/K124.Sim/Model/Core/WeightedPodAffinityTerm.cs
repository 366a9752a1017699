using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A pod affinity term with a weight.</summary>
public sealed record WeightedPodAffinityTerm
{
    /// <summary>Weight, 1 to 100.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Weight { get; init; }

    /// <summary>The term.</summary>
    public PodAffinityTerm PodAffinityTerm { get; init => field = value ?? PodAffinityTerm.Default; } = PodAffinityTerm.Default;
}
