using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Binding;

public sealed partial class VolumeBinder
{
    private const string Yes = "yes";

    /// <summary>Reserves what was found for a pod on a node: later decisions see the volumes as taken and the claims as on their way.</summary>
    /// <param name="claims">The pod's claims, as <see cref="GetPodVolumes"/> sorted them.</param>
    /// <param name="nodeName">Name of the node.</param>
    /// <param name="volumes">What <see cref="FindPodVolumes"/> found there.</param>
    /// <returns>What is assumed, or why nothing is.</returns>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public VolumeReservation AssumePodVolumes(PodVolumeClaims claims, string nodeName, PodVolumes volumes)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(volumes);
        var row = RowOf(nodeName);
        if (claims.ClaimsToBind.IsEmpty && claims.UnboundClaimsImmediate.IsEmpty)
        {
            return new(true, PodVolumes.None, null);
        }

        var bindings = ImmutableArray.CreateBuilder<BindingInfo>();
        foreach (var (claim, volume) in volumes.StaticBindings)
        {
            var bound = BoundToClaim(volume, claim);
            if (!ReferenceEquals(bound, volume) && _volumes.Assume(bound) is { } error)
            {
                RevertAssumedPodVolumes(new(bindings.ToImmutable(), []));
                return new(false, PodVolumes.None, error);
            }

            bindings.Add(new(claim, bound));
        }

        var provisions = ImmutableArray.CreateBuilder<PersistentVolumeClaim>();
        foreach (var claim in volumes.DynamicProvisions)
        {
            var selected = claim with
            {
                Metadata = claim.Metadata with { Annotations = claim.Metadata.Annotations.With(StorageAnnotations.SelectedNode, nodeName) },
            };
            if (_claims.Assume(selected) is { } error)
            {
                RevertAssumedPodVolumes(new(bindings.ToImmutable(), provisions.ToImmutable()));
                return new(false, PodVolumes.None, error);
            }

            Consume(claim, row);
            provisions.Add(selected);
        }

        return new(false, new(bindings.ToImmutable(), provisions.ToImmutable()), null);
    }

    /// <summary>Rolls a reservation back: what it reserved is again as the API has it, even where it has been written already.</summary>
    /// <param name="volumes">What <see cref="AssumePodVolumes"/> reserved.</param>
    public void RevertAssumedPodVolumes(PodVolumes volumes)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        foreach (var binding in volumes.StaticBindings)
        {
            _volumes.Restore(ObjectKey.Of(binding.Volume));
        }

        foreach (var claim in volumes.DynamicProvisions)
        {
            _claims.Restore(ObjectKey.Of(claim));
            GiveBack(ObjectKey.Of(claim));
        }
    }

    /// <summary>A volume as binding it to a claim makes it; the very same object if nothing has to change.</summary>
    /// <remarks>Kubernetes 1.24 pkg/controller/volume/persistentvolume/util (GetBindVolumeToClaim).</remarks>
    internal static PersistentVolume BoundToClaim(PersistentVolume volume, PersistentVolumeClaim claim)
    {
        var bound = volume;
        if (volume.Spec.ClaimRef is not { } reference
            || reference.Name != claim.Metadata.Name
            || reference.Namespace != claim.Metadata.Namespace
            || reference.Uid != claim.Metadata.Uid)
        {
            bound = bound with
            {
                Spec = bound.Spec with
                {
                    ClaimRef = new()
                    {
                        Kind = claim.Kind,
                        ApiVersion = claim.ApiVersion,
                        Namespace = claim.Metadata.Namespace,
                        Name = claim.Metadata.Name,
                        Uid = claim.Metadata.Uid,
                        ResourceVersion = claim.Metadata.ResourceVersion,
                    },
                },
            };
        }

        if (!Claims.IsBoundTo(volume, claim) && !volume.Metadata.Annotations.ContainsKey(StorageAnnotations.BoundByController))
        {
            bound = bound with
            {
                Metadata = bound.Metadata with { Annotations = bound.Metadata.Annotations.With(StorageAnnotations.BoundByController, Yes) },
            };
        }

        return bound;
    }
}
