using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

/// <summary>The ephemeral volume controller: creates the claims behind generic ephemeral volumes of pods.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/volume/ephemeral, KEP-1698.</remarks>
public static class EphemeralVolumeController
{
    /// <summary>Looks at one pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="findClaim">Finds a claim by namespace and name; null if there is none.</param>
    /// <returns>Claims to create, in the order of the pod's volumes; what follows a claim that is not the pod's is left for a retry.</returns>
    public static VolumeSyncResult Sync(Pod pod, Func<ObjectKey, PersistentVolumeClaim?> findClaim)
    {
        ArgumentNullException.ThrowIfNull(pod);
        ArgumentNullException.ThrowIfNull(findClaim);
        var changes = ImmutableArray.CreateBuilder<VolumeChange>();
        if (pod.Metadata.DeletionTimestamp is null)
        {
            foreach (var volume in pod.Spec.Volumes)
            {
                if (volume.Ephemeral is not { } source)
                {
                    continue;
                }

                var name = Claims.EphemeralNameOf(pod, volume);
                if (findClaim(new(pod.Metadata.Namespace, name)) is not { } claim)
                {
                    changes.Add(new(VolumeChangeKind.Create, ClaimOf(pod, name, source.VolumeClaimTemplate ?? new())));
                }
                else if (Claims.OwnershipError(pod, claim) is { } error)
                {
                    return Result(changes, VolumeEvent.Warning(pod, "FailedBinding", $"ephemeral volume {volume.Name}: {error}")) with
                    {
                        Error = $"pod {ObjectKey.Of(pod)}, ephemeral volume {volume.Name}: {error}",
                    };
                }
            }
        }

        return Result(changes);
    }

    private static PersistentVolumeClaim ClaimOf(Pod pod, string name, PersistentVolumeClaimTemplate template) => new()
    {
        Metadata = new()
        {
            Namespace = pod.Metadata.Namespace,
            Name = name,
            Labels = template.Metadata.Labels,
            Annotations = template.Metadata.Annotations,
            OwnerReferences =
            [
                new()
                {
                    ApiVersion = "v1",
                    Kind = pod.Kind,
                    Name = pod.Metadata.Name,
                    Uid = pod.Metadata.Uid,
                    Controller = true,
                    BlockOwnerDeletion = true,
                },
            ],
        },
        Spec = template.Spec,
    };

    private static VolumeSyncResult Result(ImmutableArray<VolumeChange>.Builder changes, params ReadOnlySpan<VolumeEvent> events) =>
        new() { Changes = changes.ToImmutable(), Events = [.. events], Requeued = [], Error = null };
}
