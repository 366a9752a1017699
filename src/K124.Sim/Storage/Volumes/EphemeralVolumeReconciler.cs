using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

/// <summary>The ephemeral volume controller against the API server: makes the claims of pods' ephemeral volumes.</summary>
internal sealed class EphemeralVolumeReconciler : IReconciler
{
    private const string Source = "ephemeral_volume";
    private static readonly ImmutableArray<ApiKind> Watched = [ApiKind.Of<Pod>(), ApiKind.Of<PersistentVolumeClaim>()];

    public string Name => Source;

    public ImmutableArray<ApiKind> Watches => Watched;

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change.Object is Pod pod)
        {
            if (change.Type != ChangeType.Deleted && pod.Metadata.DeletionTimestamp is null && pod.Spec.Volumes.Any(static volume => volume.Ephemeral is not null))
            {
                queue.Add(ObjectKey.Of(pod));
            }
        }
        else if (change.Type == ChangeType.Deleted && change.Object.Metadata.OwnerReferences.FirstOrDefault(static owner => owner is { Controller: true, Kind: "Pod" }) is { } owner)
        {
            queue.Add(new(change.Object.Metadata.Namespace, owner.Name));
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<Pod>(key) is not { } pod)
        {
            return Reconciliation.Done;
        }

        var result = EphemeralVolumeController.Sync(pod, cache.Get<PersistentVolumeClaim>);
        foreach (var change in result.Changes)
        {
            var created = api.Create((PersistentVolumeClaim)change.Object);
            if (!created.Succeeded)
            {
                return new(created.Status.Message);
            }
        }

        foreach (var report in result.Events)
        {
            api.Record(ApiEvent.Warning(pod, report.Reason, report.Message, Source));
        }

        return new(result.Error);
    }

    public IReconciler Fork() => new EphemeralVolumeReconciler();
}
