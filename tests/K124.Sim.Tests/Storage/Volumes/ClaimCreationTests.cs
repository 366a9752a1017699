using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Tests.Storage.Volumes;

public class ClaimCreationTests
{
    private static readonly StorageClass[] Classes =
    [
        new() { Metadata = new() { Name = "plain" } },
        new() { Metadata = new() { Name = "usual", Annotations = StringMap.Of(("storageclass.kubernetes.io/is-default-class", "true")) } },
        new() { Metadata = new() { Name = "older", Annotations = StringMap.Of(("storageclass.beta.kubernetes.io/is-default-class", "true")) } },
    ];

    [Theory]
    [InlineData(null, 2, "usual")]
    [InlineData(null, 1, null)]
    [InlineData("", 3, "")]
    [InlineData("plain", 3, "plain")]
    public void Claim_without_class_gets_the_default(string? asked, int classes, string? given)
    {
        var claim = new PersistentVolumeClaim { Spec = new() { StorageClassName = asked } };
        Assert.Equal(given, DefaultStorageClass.Admit(claim, Classes.Take(classes)).Claim!.Spec.StorageClassName);
    }

    [Fact]
    public void Claim_with_the_older_annotation_has_a_class()
    {
        var claim = new PersistentVolumeClaim { Metadata = new() { Annotations = StringMap.Of(("volume.beta.kubernetes.io/storage-class", "")) } };
        Assert.Equal(claim, DefaultStorageClass.Admit(claim, Classes).Claim);
    }

    [Fact]
    public void Several_defaults_refuse_the_claim()
    {
        var admission = DefaultStorageClass.Admit(new() { Metadata = new() { Name = "c" } }, Classes);
        Assert.Null(admission.Claim);
        Assert.Equal("persistentvolumeclaims \"c\" is forbidden: Internal error occurred: 2 default StorageClasses were found", admission.Error);
    }

    [Fact]
    public void Ephemeral_volumes_get_claims_that_their_pod_controls()
    {
        var pod = Pod();
        var change = Assert.Single(EphemeralVolumeController.Sync(pod, static _ => null).Changes);
        var claim = Assert.IsType<PersistentVolumeClaim>(change.Object);
        Assert.Equal((VolumeChangeKind.Create, "p-data", "ns", "gold"), (change.Kind, claim.Metadata.Name, claim.Metadata.Namespace, claim.Metadata.Labels["tier"]));
        var owner = Assert.Single(claim.Metadata.OwnerReferences);
        Assert.Equal(("Pod", "p", "u", true, true), (owner.Kind, owner.Name, owner.Uid, owner.Controller, owner.BlockOwnerDeletion));
        Assert.Equal("fast", claim.Spec.StorageClassName);
        Assert.Empty(EphemeralVolumeController.Sync(pod, _ => claim).Changes);
        Assert.Empty(EphemeralVolumeController.Sync(pod with { Metadata = pod.Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch } }, static _ => null).Changes);
    }

    [Fact]
    public void Claim_of_somebody_else_is_not_taken()
    {
        var result = EphemeralVolumeController.Sync(Pod(), static key => new() { Metadata = new() { Namespace = key.Namespace, Name = key.Name } });
        Assert.Empty(result.Changes);
        Assert.Equal("pod ns/p, ephemeral volume data: PVC ns/p-data was not created for pod ns/p (pod is not owner)", result.Error);
        Assert.Equal("ephemeral volume data: PVC ns/p-data was not created for pod ns/p (pod is not owner)", Assert.Single(result.Events).Message);
    }

    private static Pod Pod() => new()
    {
        Metadata = new() { Namespace = "ns", Name = "p", Uid = "u" },
        Spec = new()
        {
            Volumes =
            [
                new() { Name = "config", HostPath = new() { Path = "/etc" } },
                new()
                {
                    Name = "data",
                    Ephemeral = new()
                    {
                        VolumeClaimTemplate = new()
                        {
                            Metadata = new() { Labels = StringMap.Of(("tier", "gold")) },
                            Spec = new() { StorageClassName = "fast" },
                        },
                    },
                },
            ],
        },
    };
}
