using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

/// <summary>Keeps a claim as long as a pod on a node uses it.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/volume/pvcprotection.</remarks>
internal sealed class ClaimProtectionController : IReconciler
{
    private const string Finalizer = "kubernetes.io/pvc-protection";

    public string Name => "pvc-protection-controller";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<PersistentVolumeClaim>(), ApiKind.Of<Pod>()];

    public IReconciler Fork() => new ClaimProtectionController();

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        switch (change.Object)
        {
            case PersistentVolumeClaim claim when change.Type != ChangeType.Deleted && MustAct(claim):
                queue.Add(ObjectKey.Of(claim));
                break;
            case Pod { Spec.Volumes.IsEmpty: false } pod when MayRelease(change.Type, pod):
                foreach (var name in pod.Spec.Volumes.Select(volume => Claims.NameOf(pod, volume)).OfType<string>())
                {
                    queue.Add(new(pod.Metadata.Namespace, name));
                }

                break;
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<PersistentVolumeClaim>(key) is not { } claim || !MustAct(claim))
        {
            return Reconciliation.Done;
        }

        var isLeaving = claim.Metadata.DeletionTimestamp is not null;
        if (isLeaving && (IsUsed(claim, cache) || IsUsed(claim, api)))
        {
            return Reconciliation.Done;
        }

        var finalizers = isLeaving ? claim.Metadata.Finalizers.Remove(Finalizer) : claim.Metadata.Finalizers.Add(Finalizer);
        var result = api.Update(claim with { Metadata = claim.Metadata with { Finalizers = finalizers } });
        return result.Succeeded || result.Status.IsNotFound() ? Reconciliation.Done : new(result.Status.Message);
    }

    /// <summary>Whether a claim lacks the protection while it stays, or has it while it goes.</summary>
    private static bool MustAct(PersistentVolumeClaim claim) =>
        claim.Metadata.Finalizers.Contains(Finalizer) == claim.Metadata.DeletionTimestamp is not null;

    private static bool MayRelease(ChangeType type, Pod pod) =>
        type == ChangeType.Deleted || pod.Spec.NodeName.Length == 0 || pod.Status.Phase is "Succeeded" or "Failed" || HasBeenForced(pod);

    private static bool IsUsed(PersistentVolumeClaim claim, IObjectReader reader)
    {
        foreach (var pod in reader.List<Pod>(ObjectIndex.Namespace, claim.Metadata.Namespace))
        {
            if (pod.Spec is { NodeName.Length: > 0, Volumes.IsEmpty: false } && Uses(pod, claim))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Uses(Pod pod, PersistentVolumeClaim claim)
    {
        foreach (var volume in pod.Spec.Volumes)
        {
            var isEphemeral = volume.Ephemeral is not null;
            if (Claims.NameOf(pod, volume) == claim.Metadata.Name
                && (!isEphemeral || (!HasBeenForced(pod) && claim.Metadata.OwnerReferences.Any(owner => owner.Controller == true && owner.Uid == pod.Metadata.Uid))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasBeenForced(Pod pod) => pod.Metadata is { DeletionTimestamp: not null, DeletionGracePeriodSeconds: 0 };
}
