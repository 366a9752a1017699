namespace K124.Sim.Scheduling.Configuration;

/// <summary>Where the spread constraints of pods without any come from.</summary>
public enum PodTopologySpreadConstraintsDefaulting
{
    /// <summary>From Kubernetes: soft ones over hosts (skew 3) and zones (skew 5).</summary>
    System,

    /// <summary>From the profile.</summary>
    List,
}
