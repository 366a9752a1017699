namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="DaemonSet"/>.</summary>
public sealed record DaemonSetSpec
{
    internal static readonly DaemonSetSpec Default = new();

    /// <summary>Pods it owns.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>The pod it creates.</summary>
    public PodTemplateSpec Template { get; init => field = value ?? PodTemplateSpec.Default; } = PodTemplateSpec.Default;
}
