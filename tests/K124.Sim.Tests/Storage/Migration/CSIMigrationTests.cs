using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Storage.Migration;

namespace K124.Sim.Tests.Storage.Migration;

public class CSIMigrationTests
{
    [Theory]
    [InlineData("kubernetes.io/aws-ebs", true)]
    [InlineData("kubernetes.io/gce-pd", true)]
    [InlineData("kubernetes.io/cinder", true)]
    [InlineData("kubernetes.io/azure-disk", true)]
    [InlineData("kubernetes.io/azure-file", true)]
    [InlineData("kubernetes.io/vsphere-volume", false)]
    [InlineData("kubernetes.io/portworx-volume", false)]
    [InlineData("kubernetes.io/rbd", false)]
    [InlineData("kubernetes.io/nfs", false)]
    public void Defaults_are_those_of_1_24(string plugin, bool expected)
    {
        Assert.Equal(expected, new CSIMigration().IsEnabledForPlugin(plugin));
        Assert.False(new CSIMigration(ClusterProfile.Default.With("CSIMigration", false)).IsEnabledForPlugin(plugin));
    }

    [Theory]
    [InlineData("kubernetes.io/gce-pd", "kubernetes.io/gce-pd", true, true)]
    [InlineData("kubernetes.io/gce-pd", "kubernetes.io/aws-ebs,kubernetes.io/gce-pd", true, true)]
    [InlineData("kubernetes.io/gce-pd", "kubernetes.io/aws-ebs, kubernetes.io/gce-pd", false, false)]
    [InlineData("kubernetes.io/gce-pd", null, false, false)]
    [InlineData("kubernetes.io/cinder", "", false, true)]
    [InlineData("kubernetes.io/cinder", "kubernetes.io/cinder", true, true)]
    [InlineData("kubernetes.io/azure-file", "kubernetes.io/azure-file", false, false)]
    public void Scheduler_asks_the_node_too(string plugin, string? listed, bool affinity, bool limits)
    {
        var node = new CSINode
        {
            Metadata = new() { Annotations = listed is null ? StringMap<string>.Empty : StringMap.Of(("storage.alpha.kubernetes.io/migrated-plugins", listed)) },
        };
        var migration = new CSIMigration();
        Assert.Equal((affinity, limits), (migration.IsOnForVolumeAffinity(plugin, node), migration.IsOnForVolumeLimits(plugin, node)));
        Assert.False(migration.IsOnForVolumeAffinity(plugin, null) || migration.IsOnForVolumeLimits(plugin, null));
    }
}
