using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

/// <summary>Keeps a volume as long as it is bound.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/volume/pvprotection.</remarks>
internal sealed class VolumeProtectionController : IReconciler
{
    private const string Finalizer = "kubernetes.io/pv-protection";

    public string Name => "pv-protection-controller";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<PersistentVolume>()];

    public IReconciler Fork() => new VolumeProtectionController();

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change.Type != ChangeType.Deleted && change.Object is PersistentVolume volume
            && (volume.Metadata.DeletionTimestamp is not null || !volume.Metadata.Finalizers.Contains(Finalizer)))
        {
            queue.Add(ObjectKey.Of(volume));
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<PersistentVolume>(key) is not { } volume)
        {
            return Reconciliation.Done;
        }

        var isProtected = volume.Metadata.Finalizers.Contains(Finalizer);
        var isLeaving = volume.Metadata.DeletionTimestamp is not null;
        if (isProtected != isLeaving || (isLeaving && volume.Status.Phase == "Bound"))
        {
            return Reconciliation.Done;
        }

        var finalizers = isLeaving ? volume.Metadata.Finalizers.Remove(Finalizer) : volume.Metadata.Finalizers.Add(Finalizer);
        var result = api.Update(volume with { Metadata = volume.Metadata with { Finalizers = finalizers } });
        return result.Succeeded || result.Status.IsNotFound() ? Reconciliation.Done : new(result.Status.Message);
    }
}
