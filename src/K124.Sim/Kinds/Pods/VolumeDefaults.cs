using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Pods;

/// <summary>Defaults of volumes.</summary>
internal static class VolumeDefaults
{
    private const long FileMode = 420;
    private const long TokenSeconds = 3600;

    /// <summary>Fills a volume of a pod.</summary>
    /// <param name="volume">The volume.</param>
    public static void Fill(JsonObject volume)
    {
        var hasSource = false;
        foreach (var (name, _) in volume)
        {
            hasSource |= name != "name";
        }

        if (!hasSource)
        {
            volume["emptyDir"] = new JsonObject();
            return;
        }

        volume.Object("secret")?.Default("defaultMode", FileMode);
        volume.Object("configMap")?.Default("defaultMode", FileMode);
        if (volume.Object("downwardAPI") is { } downward)
        {
            downward.Default("defaultMode", FileMode);
            FillFiles(downward);
        }

        if (volume.Object("projected") is { } projected)
        {
            FillProjected(projected);
        }

        if (volume.Object("ephemeral", "volumeClaimTemplate") is { } template)
        {
            template.Ensure("spec").Default("volumeMode", "Filesystem");
        }

        FillSource(volume);
    }

    /// <summary>Fills the sources that pods and persistent volumes share.</summary>
    /// <param name="volume">What holds the source.</param>
    public static void FillSource(JsonObject volume)
    {
        volume.Object("hostPath")?.Default("type", "");
        volume.Object("iscsi")?.Default("iscsiInterface", "default");
        if (volume.Object("rbd") is { } rbd)
        {
            rbd.Default("pool", "rbd");
            rbd.Default("user", "admin");
            rbd.Default("keyring", "/etc/ceph/keyring");
        }

        if (volume.Object("azureDisk") is { } azure)
        {
            azure.Default("cachingMode", "ReadWrite");
            azure.Default("fsType", "ext4");
            azure.Default("readOnly", false);
            azure.Default("kind", "Shared");
        }

        if (volume.Object("scaleIO") is { } scale)
        {
            scale.Default("storageMode", "ThinProvisioned");
            scale.Default("fsType", "xfs");
        }
    }

    private static void FillFiles(JsonObject source)
    {
        foreach (var item in source.Objects("items"))
        {
            ContainerDefaults.FillReferences(item);
        }
    }

    private static void FillProjected(JsonObject projected)
    {
        projected.Default("defaultMode", FileMode);
        foreach (var source in projected.Objects("sources"))
        {
            source.Object("serviceAccountToken")?.Default("expirationSeconds", TokenSeconds);
            if (source.Object("downwardAPI") is { } downward)
            {
                FillFiles(downward);
            }
        }
    }
}
