using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;
using K124.Sim.Storage.Migration;
using K124.Sim.Tests.Storage.Volumes;

namespace K124.Sim.Tests.Storage.Migration;

public class CSITranslationProperties
{
    private const string ZoneKey = "topology.kubernetes.io/zone";
    private const string BetaZoneKey = "failure-domain.beta.kubernetes.io/zone";
    private const string RegionKey = "topology.kubernetes.io/region";
    private const string BetaRegionKey = "failure-domain.beta.kubernetes.io/region";

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private static readonly string[] Zones = ["us-east1-b", "us-east1-c", "eu-west-1a"];

    private static readonly Dictionary<string, string> DriverZoneKeys = new(StringComparer.Ordinal)
    {
        ["kubernetes.io/gce-pd"] = "topology.gke.io/zone",
        ["kubernetes.io/aws-ebs"] = "topology.ebs.csi.aws.com/zone",
        ["kubernetes.io/cinder"] = "topology.cinder.csi.openstack.org/zone",
        ["kubernetes.io/vsphere-volume"] = "topology.csi.vmware.com/zone",
    };

    private static readonly Gen<PersistentVolumeSpec> Sources =
        from readOnly in Gen.Elements(true, false)
        from fsType in Gen.Elements("", "ext4", "xfs")
        from partition in Gen.Choose(0, 3)
        from secret in Gen.Elements(null, new SecretReference { Name = "s", Namespace = "ns" })
        from source in Gen.Elements<PersistentVolumeSpec>(
            new() { GcePersistentDisk = new() { PdName = "d", FsType = fsType, Partition = partition, ReadOnly = readOnly }, AccessModes = [readOnly ? "ReadOnlyMany" : "ReadWriteOnce"] },
            new() { AwsElasticBlockStore = new() { VolumeID = "vol-1", FsType = fsType, Partition = partition, ReadOnly = readOnly } },
            new() { Cinder = new() { VolumeID = "c", FsType = fsType, ReadOnly = readOnly } },
            new()
            {
                AzureDisk = new()
                {
                    DiskName = "d",
                    DiskURI = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d",
                    FsType = fsType,
                    CachingMode = partition == 0 ? null : "ReadOnly",
                    Kind = "Managed",
                    ReadOnly = readOnly,
                },
            },
            new() { AzureFile = new() { SecretName = "s", ShareName = "sh", SecretNamespace = "ns", ReadOnly = readOnly } },
            new() { PortworxVolume = new() { VolumeID = "p", FsType = fsType } },
            new() { VsphereVolume = new() { VolumePath = "[ds] d.vmdk", FsType = fsType } },
            new() { Rbd = new() { Monitors = ["m1", "m2"], Image = "kubernetes-dynamic-pvc-1", Pool = "p", FsType = fsType, SecretRef = secret } })
        select source;

    private static readonly Gen<NodeSelectorRequirement> Requirements = Gen.OneOf(
        from key in Gen.Elements(ZoneKey, BetaZoneKey, RegionKey, BetaRegionKey)
        from values in Gen.NonEmptyListOf(Gen.Elements(Zones))
        from op in Gen.Elements("In", "In", "NotIn")
        select new NodeSelectorRequirement { Key = key, Operator = op, Values = [.. values.Distinct()] },
        from value in Gen.Elements("ssd", "hdd")
        select new NodeSelectorRequirement { Key = "disk", Operator = "In", Values = [value] });

    private static readonly Gen<ImmutableArray<NodeSelectorTerm>> Terms =
        from terms in Requirements.NonEmptyListOf().ListOf()
        select terms.Select(static list => new NodeSelectorTerm { MatchExpressions = [.. list] }).ToImmutableArray();

    private static readonly Gen<PersistentVolume> Volumes =
        from spec in Sources
        from terms in Terms
        from labels in Gen.SubListOf(ZoneKey, BetaZoneKey, RegionKey, "app")
        from zone in Gen.Elements([.. Zones, "us-east1-b__us-east1-c", " us-east1-b __", ""])
        select new PersistentVolume
        {
            Metadata = new() { Name = "pv", Uid = "u", Labels = labels.Select(key => KeyValuePair.Create(key, zone)).ToStringMap() },
            Spec = spec with
            {
                Capacity = ClaimDice.GiB(1),
                StorageClassName = "c",
                NodeAffinity = terms.IsEmpty ? null : new() { Required = new() { NodeSelectorTerms = terms } },
            },
            Status = new() { Phase = "Available" },
        };

    private static readonly Gen<StringMap<string>> NodeLabels =
        from zone in Gen.Elements(Zones)
        from disk in Gen.Elements("ssd", "hdd")
        select StringMap.Of((ZoneKey, zone), (BetaZoneKey, zone), (RegionKey, zone), (BetaRegionKey, zone), ("disk", disk));

    [Fact]
    public void There_and_back_is_the_identity_on_the_source() => Prop.ForAll(Arb.From(Volumes), static volume =>
    {
        var there = CSITranslator.TranslateInTreePVToCSI(WithoutTopology(volume));
        Assert.True(there.Succeeded, there.Error);
        var back = CSITranslator.TranslateCSIPVToInTree(there.Value);
        Assert.True(back.Succeeded, back.Error);

        // What the drivers do not keep.
        var expected = volume.Spec.Rbd is { } image ? volume.Spec with { Rbd = image with { Monitors = [""], User = "admin" }, AccessModes = ["ReadWriteOnce"] }
            : volume.Spec.VsphereVolume is { } disk ? volume.Spec with { VsphereVolume = disk with { VolumePath = "" } }
            : volume.Spec;
        Assert.Equal(expected with { NodeAffinity = null }, back.Value.Spec);
    }).Check(Many);

    [Fact]
    public void Second_journey_ends_where_the_first_did() => Prop.ForAll(Arb.From(Volumes), static volume =>
    {
        var first = CSITranslator.TranslateInTreePVToCSI(volume);
        if (!first.Succeeded || volume.Spec.VsphereVolume is not null
            || CSITranslator.TranslateCSIPVToInTree(first.Value) is not { Succeeded: true } back
            || CSITranslator.TranslateInTreePVToCSI(back.Value!) is not { Succeeded: true } again)
        {
            return;
        }

        var second = again.Value!.Spec.Csi!;
        var expected = first.Value.Spec.Csi!;
        if (volume.Spec.GcePersistentDisk is not null)
        {
            // The way back sets the label from which the handle takes the zone.
            (second, expected) = (second with { VolumeHandle = "" }, expected with { VolumeHandle = "" });
        }
        else if (volume.Spec.Rbd is not null)
        {
            // A handle of its own tells that the volume is not to be made again.
            expected = expected with { VolumeAttributes = expected.VolumeAttributes.Without("staticVolume") };
        }

        Assert.Equal(expected, second);
    }).Check(Many);

    [Fact]
    public void Nothing_but_source_topology_labels_and_modes_changes() => Prop.ForAll(Arb.From(Volumes), static volume =>
    {
        var there = CSITranslator.TranslateInTreePVToCSI(volume);
        if (there.Succeeded)
        {
            Assert.Null(CSITranslator.InTreePluginName(there.Value));
            Assert.Equal(CSITranslator.CSIDriverName(CSITranslator.InTreePluginName(volume)!), there.Value.Spec.Csi!.Driver);
            Assert.Equal(Neutral(volume), Neutral(there.Value));
            Assert.Equal(volume.Metadata, there.Value.Metadata);
        }
    }).Check(Many);

    /// <summary>A node that carries the driver's zone is reached in the CSI form exactly if it is in the in-tree form.</summary>
    [Fact]
    public void Renamed_topology_reaches_the_same_nodes() => Prop.ForAll(Arb.From(Volumes), Arb.From(NodeLabels), static (volume, labels) =>
    {
        if (!DriverZoneKeys.TryGetValue(CSITranslator.InTreePluginName(volume)!, out var driverKey)
            || CSITranslator.TranslateInTreePVToCSI(volume) is not { Succeeded: true } there)
        {
            return;
        }

        var onDriver = labels.With(driverKey, labels[ZoneKey]).With("topology.csi.vmware.com/region", labels[RegionKey]);
        var isZoneNamed = volume.Spec.NodeAffinity?.Required?.NodeSelectorTerms.Any(static term => term.MatchExpressions.Any(static e => e.Key is ZoneKey or BetaZoneKey)) == true;
        var isReached = Reaches(volume, labels);
        var isReachedByDriver = Reaches(there.Value!, onDriver);
        if (isZoneNamed && volume.Spec.VsphereVolume is null)
        {
            Assert.Equal(isReached, isReachedByDriver);
        }
        else if (isReachedByDriver)
        {
            // Labels only ever narrow down.
            Assert.True(isReached);
        }
    }).Check(Many);

    [Fact]
    public void Drivers_and_plugins_name_each_other()
    {
        string[] plugins =
        [
            "kubernetes.io/aws-ebs", "kubernetes.io/gce-pd", "kubernetes.io/cinder", "kubernetes.io/azure-disk", "kubernetes.io/azure-file",
            "kubernetes.io/vsphere-volume", "kubernetes.io/portworx-volume", "kubernetes.io/rbd",
        ];
        Assert.All(plugins, static plugin => Assert.Equal(plugin, CSITranslator.InTreePluginNameOfDriver(CSITranslator.CSIDriverName(plugin)!)));
        Assert.Null(CSITranslator.CSIDriverName("kubernetes.io/nfs"));
        Assert.Null(CSITranslator.InTreePluginNameOfDriver("nfs.csi.k8s.io"));
    }

    [Fact]
    public void What_crashes_1_24_is_an_error_here()
    {
        var image = new PersistentVolume { Metadata = new() { Name = "pv" }, Spec = new() { Rbd = new() { Image = "mine" } } };
        Assert.Equal(
            "PersistentVolume \"pv\": spec.rbd.image \"mine\" does not contain \"kubernetes-dynamic-pvc-\"", CSITranslator.TranslateInTreePVToCSI(image).Error);
        var inline = new Volume { Name = "data", VsphereVolume = new() { VolumePath = "[ds] d.vmdk", StoragePolicyName = "gold" } };
        Assert.Equal(
            "volume \"data\": an inline vSphere volume with a storagePolicyName cannot be translated",
            CSITranslator.TranslateInTreeInlineVolumeToCSI(inline, "default").Error);
    }

    [Theory]
    [InlineData("aws://us-east-1a/vol-1", "vol-1")]
    [InlineData("aws:///vol-1", "vol-1")]
    [InlineData("vol-x/y", "vol-x/y")]
    [InlineData("aws:///us-east-1a/vol-1", null)]
    [InlineData("aws://vol-1", null)]
    public void Volume_id_of_AWS_is_the_path_of_its_URL(string id, string? handle)
    {
        var volume = new PersistentVolume { Spec = new() { AwsElasticBlockStore = new() { VolumeID = id } } };
        Assert.Equal(handle, CSITranslator.TranslateInTreePVToCSI(volume).Value?.Spec.Csi?.VolumeHandle);
    }

    [Theory]
    [InlineData("99999999999999999999", "value out of range")]
    [InlineData("-", "invalid syntax")]
    [InlineData(" 1", "invalid syntax")]
    [InlineData("+-1", "invalid syntax")]
    public void Partition_that_is_no_number_is_an_error(string partition, string reason)
    {
        var volume = new PersistentVolume
        {
            Spec = new() { Csi = new() { Driver = "ebs.csi.aws.com", VolumeHandle = "vol-1", VolumeAttributes = StringMap.Of(("partition", partition)) } },
        };
        Assert.Equal($"failed to convert partition {partition} to integer: strconv.Atoi: parsing \"{partition}\": {reason}", CSITranslator.TranslateCSIPVToInTree(volume).Error);
    }

    private static bool Reaches(PersistentVolume volume, StringMap<string> labels) => volume.Spec.NodeAffinity?.Required is not { } required
        || required.Matches(new() { Metadata = new() { Name = "n", Labels = labels } });

    private static PersistentVolume WithoutTopology(PersistentVolume volume) => volume with
    {
        Metadata = volume.Metadata with { Labels = StringMap<string>.Empty },
        Spec = volume.Spec with { NodeAffinity = null },
    };

    private static PersistentVolumeSpec Neutral(PersistentVolume volume) => new()
    {
        Capacity = volume.Spec.Capacity,
        StorageClassName = volume.Spec.StorageClassName,
        ClaimRef = volume.Spec.ClaimRef,
        PersistentVolumeReclaimPolicy = volume.Spec.PersistentVolumeReclaimPolicy,
    };
}
