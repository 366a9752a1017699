using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Storage.Migration;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Planning.Internal;

/// <summary>The claims that controllers would make for the pods of a plan.</summary>
/// <remarks>Claims of classes that provision without waiting for a pod are taken as provisioned, on volumes that every node reaches: where a
/// driver would put them is not known here. Kubernetes 1.24 pkg/controller/statefulset, pkg/controller/volume/ephemeral and
/// plugin/pkg/admission/storage/storageclass/setdefault.</remarks>
internal sealed class PlannedClaims(Cluster cluster)
{
    private const string NoProvisioner = "kubernetes.io/no-provisioner";

    private static readonly string[] DefaultClassKeys =
        ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];

    private readonly HashSet<ObjectKey> _made = [];

    /// <summary>Claims that were taken as provisioned.</summary>
    public int TakenAsProvisioned { get; private set; }

    /// <summary>The claims of the ephemeral volumes of a pod, as far as they are not there.</summary>
    /// <exception cref="ArgumentException">The API server would refuse a claim.</exception>
    public IEnumerable<IApiObject> Of(Pod pod)
    {
        foreach (var volume in pod.Spec.Volumes)
        {
            if (volume.Ephemeral?.VolumeClaimTemplate is { } template)
            {
                var claim = new PersistentVolumeClaim
                {
                    Metadata = new()
                    {
                        Name = Claims.EphemeralNameOf(pod, volume),
                        Namespace = pod.Metadata.Namespace,
                        Labels = template.Metadata.Labels,
                        Annotations = template.Metadata.Annotations,
                        OwnerReferences =
                        [
                            new() { ApiVersion = "v1", Kind = "Pod", Name = pod.Metadata.Name, Uid = pod.Metadata.Uid, Controller = true, BlockOwnerDeletion = true },
                        ],
                    },
                    Spec = template.Spec,
                };
                foreach (var item in Make(claim))
                {
                    yield return item;
                }
            }
        }
    }

    /// <summary>The claims of one pod of a StatefulSet, as far as they are not there.</summary>
    /// <exception cref="ArgumentException">The API server would refuse a claim.</exception>
    public IEnumerable<IApiObject> Of(StatefulSet set, string podName) => set.Spec.VolumeClaimTemplates.SelectMany(template => Make(template with
    {
        Metadata = template.Metadata with { Name = NameOf(template, podName), Namespace = set.Metadata.Namespace },
        Status = new(),
    }));

    /// <summary>The pod of a StatefulSet with the volumes of its claims.</summary>
    public static PodSpec WithClaims(StatefulSet set, PodSpec spec, string podName)
    {
        Volume[] claims =
        [
            .. set.Spec.VolumeClaimTemplates.Select(template => new Volume
            {
                Name = template.Metadata.Name,
                PersistentVolumeClaim = new() { ClaimName = NameOf(template, podName) },
            }),
        ];
        return spec with { Volumes = [.. spec.Volumes.Where(volume => !claims.Any(claim => claim.Name == volume.Name)), .. claims] };
    }

    private static string NameOf(PersistentVolumeClaim template, string podName) => $"{template.Metadata.Name}-{podName}";

    private IEnumerable<IApiObject> Make(PersistentVolumeClaim claim)
    {
        var key = ObjectKey.Of(claim);
        if (cluster.PersistentVolumeClaims.Find(key) is not null || !_made.Add(key))
        {
            return [];
        }

        claim = WithDefaultClass(claim) with { Status = new() { Phase = "Pending" } };
        return ImmediateClassOf(claim) is { } storageClass ? Provisioned(claim, storageClass) : [claim];
    }

    /// <summary>What a provisioner makes of a claim of the cluster that waits for its volume.</summary>
    public IEnumerable<IApiObject> OfUnbound(PersistentVolumeClaim claim) => ImmediateClassOf(claim) is { } storageClass ? Provisioned(claim, storageClass) : [];

    private StorageClass? ImmediateClassOf(PersistentVolumeClaim claim) =>
        claim.Spec.VolumeName.Length == 0
            && cluster.StorageClasses.Find(Claims.ClassOf(claim)) is { VolumeBindingMode: not Claims.WaitForFirstConsumer, Provisioner: not ("" or NoProvisioner) } storageClass
            ? storageClass
            : null;

    /// <summary>A claim that is to be made, with the default class if it names none.</summary>
    public PersistentVolumeClaim WithDefaultClass(PersistentVolumeClaim claim)
    {
        if (claim.Spec.StorageClassName is not null || claim.Metadata.Annotations.ContainsKey(StorageAnnotations.BetaStorageClass))
        {
            return claim;
        }

        return DefaultClasses() switch
        {
            [] => claim,
            [var only] => claim with { Spec = claim.Spec with { StorageClassName = only.Metadata.Name } },
            { Length: var count } => throw new ArgumentException($"PersistentVolumeClaim {ObjectKey.Of(claim)}: {count} default StorageClasses were found"),
        };
    }

    private ImmutableArray<StorageClass> DefaultClasses() =>
        [.. cluster.StorageClasses.Where(static item => DefaultClassKeys.Any(key => item.Metadata.Annotations.TryGetValue(key, out var isDefault) && isDefault == "true"))];

    private IEnumerable<IApiObject> Provisioned(PersistentVolumeClaim claim, StorageClass storageClass)
    {
        TakenAsProvisioned++;
        var name = $"pvc-{claim.Metadata.Namespace}-{claim.Metadata.Name}";
        yield return new PersistentVolume
        {
            Metadata = new()
            {
                Name = name,
                Annotations = StringMap.Of((StorageAnnotations.BoundByController, "yes"), (StorageAnnotations.ProvisionedBy, storageClass.Provisioner)),
            },
            Spec = new()
            {
                Capacity = claim.Spec.Resources.Requests,
                AccessModes = claim.Spec.AccessModes,
                VolumeMode = claim.Spec.VolumeMode,
                StorageClassName = storageClass.Metadata.Name,
                ClaimRef = new() { ApiVersion = "v1", Kind = claim.Kind, Namespace = claim.Metadata.Namespace, Name = claim.Metadata.Name },
                Csi = new() { Driver = CSITranslator.CSIDriverName(storageClass.Provisioner) ?? storageClass.Provisioner, VolumeHandle = name },
            },
            Status = new() { Phase = "Bound" },
        };
        yield return claim with
        {
            Metadata = claim.Metadata with
            {
                Annotations = claim.Metadata.Annotations.With(StorageAnnotations.BindCompleted, "yes").With(StorageAnnotations.BoundByController, "yes"),
            },
            Spec = claim.Spec with { VolumeName = name },
            Status = new() { Phase = "Bound", AccessModes = claim.Spec.AccessModes, Capacity = claim.Spec.Resources.Requests },
        };
    }
}
