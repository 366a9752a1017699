namespace K124.Sim.Model;

/// <summary>What becomes of the claims of a <see cref="StatefulSet"/> (alpha in 1.24).</summary>
public sealed record StatefulSetPersistentVolumeClaimRetentionPolicy
{
    /// <summary><c>Retain</c> or <c>Delete</c>, when the set is deleted.</summary>
    public string WhenDeleted { get; init => field = value ?? ""; } = "";

    /// <summary><c>Retain</c> or <c>Delete</c>, when the set is scaled down.</summary>
    public string WhenScaled { get; init => field = value ?? ""; } = "";
}
