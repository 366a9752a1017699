namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="DaemonSet"/>.</summary>
public sealed record DaemonSetSpec
{
    internal static readonly DaemonSetSpec Default = new();

    /// <summary>Pods it owns.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>The pod it creates.</summary>
    public PodTemplateSpec Template { get; init => field = value ?? PodTemplateSpec.Default; } = PodTemplateSpec.Default;

    /// <summary>Seconds a pod must be ready to be available.</summary>
    public int MinReadySeconds { get; init; }

    /// <summary>Old revisions that are kept; null before defaulting.</summary>
    public int? RevisionHistoryLimit { get; init; }

    /// <summary>How pods are replaced.</summary>
    public DaemonSetUpdateStrategy UpdateStrategy { get; init => field = value ?? DaemonSetUpdateStrategy.Default; } = DaemonSetUpdateStrategy.Default;
}
