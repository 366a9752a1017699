using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Tests.Storage.Volumes;

public class PersistentVolumeControllerTests
{
    private static readonly ObjectKey ClaimKey = new("default", "c");

    [Fact]
    public void Binding_takes_four_writes()
    {
        var controller = Controller(Claim(""), Volume());
        var result = controller.SyncClaim(ClaimKey);
        Assert.Equal(
            ["Update PersistentVolume", "UpdateStatus PersistentVolume", "Update PersistentVolumeClaim", "UpdateStatus PersistentVolumeClaim"],
            result.Changes.Select(static change => $"{change.Kind} {change.Object.Kind}"));
        Assert.Null(result.Error);
        Assert.Empty(controller.SyncClaim(ClaimKey).Changes);
    }

    [Fact]
    public void Size_of_a_volume_that_was_being_expanded_is_the_earlier_one()
    {
        var volume = Volume();
        var controller = Controller(
            Claim(""), volume with { Metadata = volume.Metadata with { Annotations = StringMap.Of(("volume.alpha.kubernetes.io/pre-resize-capacity", "1Gi")) } });
        controller.SyncClaim(ClaimKey);
        Assert.Equal("1Gi", controller.FindClaim(ClaimKey)!.Status.Capacity["storage"].ToString());
    }

    [Theory]
    [InlineData("Retain", "Released", null)]
    [InlineData("Delete", null, "Delete")]
    [InlineData("Recycle", "Available", "Update")]
    [InlineData("Compost", "Failed", "UpdateStatus")]
    public void Reclaim_policy_decides_what_becomes_of_a_released_volume(string policy, string? phase, string? change)
    {
        var plugin = new Plugin();
        var controller = Controller(plugin, Claim(""), Volume(policy));
        controller.SyncClaim(ClaimKey);
        Assert.Equal(new VolumeSyncKey("PersistentVolume", new("", "v")), Assert.Single(controller.Remove<PersistentVolumeClaim>(ClaimKey)));
        var result = controller.SyncVolume("v");
        Assert.Equal(phase, controller.FindVolume("v")?.Status.Phase);
        Assert.Equal("UpdateStatus", result.Changes[0].Kind.ToString());
        Assert.Equal(change, result.Changes.Skip(1).FirstOrDefault()?.Kind.ToString());
        Assert.Equal(policy == "Recycle", controller.FindVolume("v") is { Spec.ClaimRef: null });
        Assert.Equal((policy == "Delete" ? 1 : 0, policy == "Recycle" ? 1 : 0), (plugin.Deleted, plugin.Recycled));
    }

    [Fact]
    public void Deleter_that_fails_leaves_the_volume_failed()
    {
        var controller = Controller(new Plugin { Error = "device busy" }, Claim(""), Volume("Delete"));
        controller.SyncClaim(ClaimKey);
        controller.Remove<PersistentVolumeClaim>(ClaimKey);
        var result = controller.SyncVolume("v");
        Assert.Equal(("Failed", "device busy"), (controller.FindVolume("v")!.Status.Phase, controller.FindVolume("v")!.Status.Message));
        Assert.Equal("Warning VolumeFailedDelete device busy", Texts(result));
        Assert.Equal("", Texts(controller.SyncVolume("v")));
    }

    [Fact]
    public void Volume_of_an_external_provisioner_is_left_to_it()
    {
        var volume = Volume("Delete");
        var controller = Controller(Claim(""), volume with { Metadata = volume.Metadata with { Annotations = StringMap.Of(("pv.kubernetes.io/provisioned-by", "csi.example.com")) } });
        controller.SyncClaim(ClaimKey);
        controller.Remove<PersistentVolumeClaim>(ClaimKey);
        controller.SyncVolume("v");
        Assert.Equal("Released", controller.FindVolume("v")!.Status.Phase);
    }

    [Fact]
    public void In_tree_plugin_makes_a_volume_that_is_bound_from_the_start()
    {
        var controller = Controller(new Plugin(), Claim("in-tree"));
        var result = controller.SyncClaim(ClaimKey);
        var volume = controller.FindVolume("pvc-u")!;
        Assert.Equal("Bound", volume.Status.Phase);
        Assert.Equal("kubernetes.io/fake", volume.Metadata.Annotations["pv.kubernetes.io/provisioned-by"]);
        Assert.Equal("yes", volume.Metadata.Annotations["pv.kubernetes.io/bound-by-controller"]);
        Assert.Equal(("in-tree", "Delete", "u"), (volume.Spec.StorageClassName, volume.Spec.PersistentVolumeReclaimPolicy, volume.Spec.ClaimRef!.Uid));
        Assert.Equal(new VolumeSyncKey("PersistentVolume", new("", "pvc-u")), Assert.Single(result.Requeued));
        Assert.Equal(new VolumeSyncKey("PersistentVolumeClaim", ClaimKey), Assert.Single(controller.SyncVolume("pvc-u").Requeued));
        controller.SyncClaim(ClaimKey);
        Assert.Equal("Bound", controller.FindClaim(ClaimKey)!.Status.Phase);
    }

    [Fact]
    public void Failed_provisioning_lets_the_scheduler_choose_again()
    {
        var claim = Claim("in-tree");
        claim = claim with { Metadata = claim.Metadata with { Annotations = StringMap.Of(("volume.kubernetes.io/selected-node", "n")) } };
        var controller = Controller(new Plugin { Error = "quota" }, claim);
        var result = controller.SyncClaim(ClaimKey);
        Assert.Equal("Warning ProvisioningFailed Failed to provision volume with StorageClass \"in-tree\": quota", Texts(result));
        Assert.False(controller.FindClaim(ClaimKey)!.Metadata.Annotations.ContainsKey("volume.kubernetes.io/selected-node"));
    }

    [Theory]
    [InlineData(true, "pd.csi.storage.gke.io")]
    [InlineData(false, null)]
    public void Migrated_provisioner_is_named_by_its_driver(bool isOn, string? driver)
    {
        var storageClass = new StorageClass { Metadata = new() { Name = "gce" }, Provisioner = "kubernetes.io/gce-pd", VolumeBindingMode = "Immediate" };
        var controller = new PersistentVolumeController(
            Cluster.Of(Claim("gce"), storageClass), new() { Profile = ClusterProfile.Default.With("CSIMigrationGCE", isOn) });
        controller.SyncClaim(ClaimKey);
        Assert.Equal(driver, controller.FindClaim(ClaimKey)!.Metadata.Annotations.GetValueOrDefault("volume.kubernetes.io/storage-provisioner"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Migrated_to_follows_the_gate(bool isOn)
    {
        var volume = Volume();
        volume = volume with
        {
            Metadata = volume.Metadata with
            {
                Annotations = StringMap.Of(
                    ("pv.kubernetes.io/provisioned-by", "kubernetes.io/gce-pd"), ("pv.kubernetes.io/migrated-to", isOn ? "" : "pd.csi.storage.gke.io")),
            },
        };
        var controller = new PersistentVolumeController(Cluster.Of(volume), new() { Profile = ClusterProfile.Default.With("CSIMigrationGCE", isOn) });
        controller.SyncVolume("v");
        Assert.Equal(isOn ? "pd.csi.storage.gke.io" : null, controller.FindVolume("v")!.Metadata.Annotations.GetValueOrDefault("pv.kubernetes.io/migrated-to"));
    }

    [Fact]
    public void Pods_that_wait_are_named_in_order()
    {
        var controller = Controller(Claim("waiting"), Pod("p2"), Pod("p1"), Pod("p0", node: "n"), Pod("p3", phase: "Failed"));
        Assert.Equal("Normal WaitForPodScheduled waiting for pods p1,p2 to be scheduled", Texts(controller.SyncClaim(ClaimKey)));
        controller.Remove<Pod>(new("default", "p1"));
        controller.Apply(Pod("p2", node: "n"));
        Assert.Equal("Normal WaitForFirstConsumer waiting for first consumer to be created before binding", Texts(controller.SyncClaim(ClaimKey)));
    }

    [Fact]
    public void Class_without_binding_mode_is_an_error()
    {
        var controller = Controller(Claim("odd"), new StorageClass { Metadata = new() { Name = "odd" } });
        Assert.Equal("VolumeBindingMode not set for StorageClass \"odd\"", controller.SyncClaim(ClaimKey).Error);
    }

    [Fact]
    public void Claim_whose_volume_went_elsewhere_by_a_controller_is_an_error()
    {
        var claim = Claim("") with { Metadata = Claim("").Metadata with { Annotations = StringMap.Of(("pv.kubernetes.io/bound-by-controller", "yes")) } };
        var volume = Volume();
        var controller = Controller(
            claim with { Spec = claim.Spec with { VolumeName = "v" } },
            volume with { Spec = volume.Spec with { ClaimRef = new() { Namespace = "default", Name = "other", Uid = "o" } } });
        var result = controller.SyncClaim(ClaimKey);
        Assert.Equal("invalid binding of claim \"default/c\" to volume \"v\": volume already claimed by \"default/other\"", result.Error);
        Assert.Equal("Warning FailedBinding volume \"v\" already bound to a different claim.", Texts(result));
    }

    [Fact]
    public void Keys_of_nothing_do_nothing_and_other_kinds_are_refused()
    {
        var controller = Controller();
        Assert.Empty(controller.SyncClaim(ClaimKey).Changes);
        Assert.Empty(controller.SyncVolume("ghost").Changes);
        Assert.Throws<ArgumentException>(() => controller.Apply(new Node { Metadata = new() { Name = "n" } }));
        Assert.Throws<ArgumentException>(() => controller.Remove<Node>(new("", "n")));
        Assert.Throws<ArgumentException>(() => controller.Sync(new("Node", new("", "n"))));
    }

    private static string Texts(VolumeSyncResult result) => string.Join('\n', result.Events.Select(static item => $"{item.Type} {item.Reason} {item.Message}"));

    private static PersistentVolumeController Controller(params IApiObject[] objects) => Controller(new Plugin(), objects);

    private static PersistentVolumeController Controller(Plugin plugin, params IApiObject[] objects) =>
        new(Cluster.Of([.. ClaimDice.Classes, .. objects]), new() { Plugins = [plugin] });

    private static PersistentVolumeClaim Claim(string className) => new()
    {
        Metadata = new() { Namespace = "default", Name = "c", Uid = "u" },
        Spec = new() { StorageClassName = className, AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = ClaimDice.GiB(2) } },
        Status = new() { Phase = "Pending" },
    };

    private static PersistentVolume Volume(string policy = "Retain") => new()
    {
        Metadata = new() { Name = "v" },
        Spec = new()
        {
            Capacity = ClaimDice.GiB(3),
            AccessModes = ["ReadWriteOnce"],
            PersistentVolumeReclaimPolicy = policy,
            HostPath = new() { Path = "/data" },
        },
        Status = new() { Phase = "Available" },
    };

    private static Pod Pod(string name, string node = "", string phase = "Pending") => new()
    {
        Metadata = new() { Namespace = "default", Name = name },
        Spec = new() { NodeName = node, Volumes = [new() { Name = "data", PersistentVolumeClaim = new() { ClaimName = "c" } }] },
        Status = new() { Phase = phase },
    };

    private sealed class Plugin : IVolumePlugin
    {
        public string Name => "kubernetes.io/fake";

        public string? Error { get; init; }

        public int Deleted { get; private set; }

        public int Recycled { get; private set; }

        public bool Supports(PersistentVolume volume) => volume.Spec.HostPath is not null;

        public VolumeProvisioning Provision(PersistentVolumeClaim claim, StorageClass storageClass) => Error is null
            ? new(new() { Spec = new() { Capacity = claim.Spec.Resources.Requests, AccessModes = claim.Spec.AccessModes, HostPath = new() { Path = "/made" } } }, null)
            : new(null, Error);

        public string? Delete(PersistentVolume volume)
        {
            Deleted++;
            return Error;
        }

        public string? Recycle(PersistentVolume volume)
        {
            Recycled++;
            return Error;
        }
    }
}
