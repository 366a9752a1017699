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
}
