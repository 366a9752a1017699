namespace K124.Sim.Scheduling.Configuration;

/// <summary>Which nodes NodeResourcesFit prefers.</summary>
public enum ScoringStrategyType
{
    /// <summary>Those with most room left.</summary>
    LeastAllocated,

    /// <summary>Those with least room left.</summary>
    MostAllocated,

    /// <summary>As a shape of score by utilization says.</summary>
    RequestedToCapacityRatio,
}
