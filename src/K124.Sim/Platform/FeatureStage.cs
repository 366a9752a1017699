namespace K124.Sim.Platform;

/// <summary>How mature a feature is.</summary>
public enum FeatureStage
{
    /// <summary>Off unless asked for.</summary>
    Alpha,

    /// <summary>On by default, as a rule.</summary>
    Beta,

    /// <summary>Stable; the gate will go.</summary>
    GA,

    /// <summary>The feature will go.</summary>
    Deprecated,
}
