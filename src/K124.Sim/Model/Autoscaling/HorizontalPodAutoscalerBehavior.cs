namespace K124.Sim.Model;

/// <summary>Rules of scaling up and down.</summary>
public sealed record HorizontalPodAutoscalerBehavior
{
    /// <summary>Rules of scaling down.</summary>
    public HPAScalingRules? ScaleDown { get; init; }

    /// <summary>Rules of scaling up.</summary>
    public HPAScalingRules? ScaleUp { get; init; }
}
