namespace K124.Sim.Model;

/// <summary>The claim behind an ephemeral volume.</summary>
public sealed record PersistentVolumeClaimTemplate
{
    /// <summary>Metadata for the claim.</summary>
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Specification for the claim.</summary>
    public PersistentVolumeClaimSpec Spec { get; init => field = value ?? PersistentVolumeClaimSpec.Default; } = PersistentVolumeClaimSpec.Default;
}
