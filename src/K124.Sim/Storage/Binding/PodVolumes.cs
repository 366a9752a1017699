using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Storage.Binding;

/// <summary>What binding the claims of a pod on one node takes.</summary>
/// <param name="StaticBindings">Volumes chosen for claims, in the order of the decision: smallest request first.</param>
/// <param name="DynamicProvisions">Claims for which volumes are to be provisioned, in the order of the decision.</param>
public sealed record PodVolumes(ImmutableArray<BindingInfo> StaticBindings, ImmutableArray<PersistentVolumeClaim> DynamicProvisions)
{
    /// <summary>Nothing to bind.</summary>
    public static PodVolumes None { get; } = new([], []);

    /// <summary>Whether there is nothing to bind.</summary>
    public bool IsEmpty => StaticBindings.IsEmpty && DynamicProvisions.IsEmpty;

    /// <inheritdoc/>
    public bool Equals(PodVolumes? other) =>
        other is not null && StaticBindings.SequenceEqual(other.StaticBindings) && DynamicProvisions.SequenceEqual(other.DynamicProvisions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StaticBindings.Length, DynamicProvisions.Length);
}
