namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="Deployment"/>.</summary>
public sealed record DeploymentSpec
{
    internal static readonly DeploymentSpec Default = new();

    /// <summary>Wanted pods; null counts as 1.</summary>
    public int? Replicas { get; init; }

    /// <summary>Pods it owns.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>The pod it creates.</summary>
    public PodTemplateSpec Template { get; init => field = value ?? PodTemplateSpec.Default; } = PodTemplateSpec.Default;

    /// <summary>True while rollouts are held.</summary>
    public bool Paused { get; init; }

    /// <summary>Seconds a pod must be ready to be available.</summary>
    public int MinReadySeconds { get; init; }

    /// <summary>Seconds without progress after which the rollout has failed; null before defaulting.</summary>
    public int? ProgressDeadlineSeconds { get; init; }

    /// <summary>Old revisions that are kept; null before defaulting.</summary>
    public int? RevisionHistoryLimit { get; init; }

    /// <summary>How pods are replaced.</summary>
    public DeploymentStrategy Strategy { get; init => field = value ?? DeploymentStrategy.Default; } = DeploymentStrategy.Default;
}
