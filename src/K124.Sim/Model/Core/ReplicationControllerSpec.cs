namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="ReplicationController"/>.</summary>
public sealed record ReplicationControllerSpec
{
    internal static readonly ReplicationControllerSpec Default = new();

    /// <summary>Wanted pods; null counts as 1.</summary>
    public int? Replicas { get; init; }

    /// <summary>Labels of the pods it owns.</summary>
    public StringMap<string> Selector { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>The pod it creates.</summary>
    public PodTemplateSpec? Template { get; init; }

    /// <summary>Seconds a pod must be ready to be available.</summary>
    public int MinReadySeconds { get; init; }
}
