namespace K124.Sim.Model;

/// <summary>The pod that a workload creates.</summary>
public sealed record PodTemplateSpec
{
    internal static readonly PodTemplateSpec Default = new();

    /// <summary>Metadata for created pods.</summary>
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Specification for created pods.</summary>
    public PodSpec Spec { get; init => field = value ?? PodSpec.Default; } = PodSpec.Default;
}
