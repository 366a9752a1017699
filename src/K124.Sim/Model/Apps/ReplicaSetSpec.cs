namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="ReplicaSet"/>.</summary>
public sealed record ReplicaSetSpec
{
    internal static readonly ReplicaSetSpec Default = new();

    /// <summary>Wanted pods; null counts as 1.</summary>
    public int? Replicas { get; init; }

    /// <summary>Pods it owns.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>The pod it creates.</summary>
    public PodTemplateSpec Template { get; init => field = value ?? PodTemplateSpec.Default; } = PodTemplateSpec.Default;

    /// <summary>Seconds a pod must be ready to be available.</summary>
    public int MinReadySeconds { get; init; }
}
