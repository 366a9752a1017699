using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

/// <summary>Stands for the external provisioners of all CSI drivers: makes the volume that the PV controller asks for, and deletes it when it is released.</summary>
/// <remarks>A claim that waits for its first consumer gets its volume once the scheduler has chosen a node; the volume is then bound to that
/// node's topology, by the keys that the driver registered there.</remarks>
internal sealed class ProvisionerStandIn : IReconciler
{
    private const string ProvisionedBy = "pv.kubernetes.io/provisioned-by";
    private static readonly ImmutableArray<ApiKind> Watched = [ApiKind.Of<PersistentVolumeClaim>(), ApiKind.Of<PersistentVolume>()];
    private static readonly string[] ProvisionerAnnotations = ["volume.kubernetes.io/storage-provisioner", "volume.beta.kubernetes.io/storage-provisioner"];

    public string Name => "csi-provisioner";

    public ImmutableArray<ApiKind> Watches => Watched;

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change.Type == ChangeType.Deleted)
        {
            return;
        }

        if (change.Object is PersistentVolumeClaim claim ? IsAskedFor(claim) : IsReleased((PersistentVolume)change.Object))
        {
            queue.Add(ObjectKey.Of(change.Object));
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (key.Namespace.Length == 0)
        {
            return cache.Get<PersistentVolume>(key) is { } volume && IsReleased(volume) ? Ended(api.Delete<PersistentVolume>(key).Status) : Reconciliation.Done;
        }

        if (cache.Get<PersistentVolumeClaim>(key) is not { } claim || !IsAskedFor(claim)
            || cache.Get<StorageClass>(new("", claim.Spec.StorageClassName ?? "")) is not { } storageClass)
        {
            return Reconciliation.Done;
        }

        var selected = claim.Metadata.Annotations.GetValueOrDefault(StorageAnnotations.SelectedNode) ?? "";
        if (selected.Length == 0 && storageClass.VolumeBindingMode == "WaitForFirstConsumer")
        {
            return Reconciliation.Done;
        }

        var made = api.Create(VolumeFor(claim, storageClass, selected, cache));
        return made.Succeeded || made.Status.Reason == "AlreadyExists" ? Reconciliation.Done : new(made.Status.Message);
    }

    public IReconciler Fork() => new ProvisionerStandIn();

    private static Reconciliation Ended(ApiStatus? refusal) => refusal is null or { Code: 404 } ? Reconciliation.Done : new(refusal.Message);

    private static bool IsAskedFor(PersistentVolumeClaim claim) =>
        claim.Spec.VolumeName.Length == 0 && claim.Metadata.DeletionTimestamp is null && ProvisionerAnnotations.Any(claim.Metadata.Annotations.ContainsKey);

    private static bool IsReleased(PersistentVolume volume) =>
        volume is { Status.Phase: "Released", Spec.PersistentVolumeReclaimPolicy: "Delete", Spec.Csi: not null, Metadata.DeletionTimestamp: null }
        && volume.Metadata.Annotations.ContainsKey(ProvisionedBy);

    private static PersistentVolume VolumeFor(PersistentVolumeClaim claim, StorageClass storageClass, string node, IObjectReader cache)
    {
        var name = $"pvc-{claim.Metadata.Uid}";
        return new()
        {
            Metadata = new() { Name = name, Annotations = StringMap.Of((ProvisionedBy, storageClass.Provisioner)) },
            Spec = new()
            {
                Capacity = claim.Spec.Resources.Requests,
                AccessModes = claim.Spec.AccessModes,
                VolumeMode = claim.Spec.VolumeMode,
                StorageClassName = storageClass.Metadata.Name,
                MountOptions = storageClass.MountOptions,
                PersistentVolumeReclaimPolicy = storageClass.ReclaimPolicy is { Length: > 0 } policy ? policy : "Delete",
                ClaimRef = new() { ApiVersion = "v1", Kind = claim.Kind, Namespace = claim.Metadata.Namespace, Name = claim.Metadata.Name, Uid = claim.Metadata.Uid, ResourceVersion = claim.Metadata.ResourceVersion },
                Csi = new() { Driver = storageClass.Provisioner, VolumeHandle = name },
                NodeAffinity = TopologyOf(node, storageClass.Provisioner, cache),
            },
        };
    }

    private static VolumeNodeAffinity? TopologyOf(string nodeName, string driver, IObjectReader cache)
    {
        if (cache.Get<CSINode>(new("", nodeName))?.Spec.Drivers.FirstOrDefault(entry => entry.Name == driver) is not { TopologyKeys.IsEmpty: false } entry
            || cache.Get<Node>(new("", nodeName)) is not { } node)
        {
            return null;
        }

        var terms = entry.TopologyKeys.Where(node.Metadata.Labels.ContainsKey)
            .Select(key => new NodeSelectorRequirement { Key = key, Operator = "In", Values = [node.Metadata.Labels[key]] });
        return new() { Required = new() { NodeSelectorTerms = [new() { MatchExpressions = [.. terms] }] } };
    }
}
