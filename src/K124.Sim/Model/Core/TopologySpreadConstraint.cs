using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>How evenly matching pods must spread over the domains of a topology.</summary>
public sealed record TopologySpreadConstraint
{
    /// <summary>Largest allowed difference between domains, at least 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int MaxSkew { get; init; }

    /// <summary>Node label whose values are the domains.</summary>
    public string TopologyKey { get; init => field = value ?? ""; } = "";

    /// <summary><c>DoNotSchedule</c> or <c>ScheduleAnyway</c>.</summary>
    public string WhenUnsatisfiable { get; init => field = value ?? ""; } = "";

    /// <summary>Pods that are counted; null counts none.</summary>
    public LabelSelector? LabelSelector { get; init; }

    /// <summary>Fewest domains (KEP-3022, gate MinDomainsInPodTopologySpread).</summary>
    public int? MinDomains { get; init; }
}
