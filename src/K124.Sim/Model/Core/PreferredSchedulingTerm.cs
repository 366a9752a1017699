using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A node term with a weight.</summary>
public sealed record PreferredSchedulingTerm
{
    /// <summary>Weight, 1 to 100.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Weight { get; init; }

    /// <summary>The term.</summary>
    public NodeSelectorTerm Preference { get; init => field = value ?? NodeSelectorTerm.Default; } = NodeSelectorTerm.Default;
}
