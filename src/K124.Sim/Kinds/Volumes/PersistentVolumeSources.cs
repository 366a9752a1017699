using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Volumes;

/// <summary>Rules of the sources of persistent volumes: exactly one, and what differs from sources in pods.</summary>
internal static class PersistentVolumeSources
{
    private const int LongestTarget = 64;

    // In the order in which they are looked at. Some errors name another member than the one that stands in the object.
    private static readonly (string Member, string Path, string OneOnlyPath)[] Sources =
    [
        ("hostPath", "hostPath", "hostPath"),
        ("gcePersistentDisk", "persistentDisk", "gcePersistentDisk"),
        ("awsElasticBlockStore", "awsElasticBlockStore", "awsElasticBlockStore"),
        ("glusterfs", "glusterfs", "glusterfs"),
        ("flocker", "flocker", "flocker"),
        ("nfs", "nfs", "nfs"),
        ("rbd", "rbd", "rbd"),
        ("quobyte", "quobyte", "quobyte"),
        ("cephfs", "cephfs", "cephFS"),
        ("iscsi", "iscsi", "iscsi"),
        ("cinder", "cinder", "cinder"),
        ("fc", "fc", "fc"),
        ("flexVolume", "flexVolume", ""),
        ("azureFile", "azureFile", "azureFile"),
        ("vsphereVolume", "vsphereVolume", "vsphereVolume"),
        ("photonPersistentDisk", "photonPersistentDisk", "photonPersistentDisk"),
        ("portworxVolume", "portworxVolume", "portworxVolume"),
        ("azureDisk", "azureDisk", "azureDisk"),
        ("scaleIO", "scaleIO", "scaleIO"),
        ("local", "local", "local"),
        ("storageos", "storageos", "storageos"),
        ("csi", "csi", "csi"),
    ];

    /// <summary>Names of the members that hold sources.</summary>
    public static IEnumerable<string> Members => Sources.Select(source => source.Member);

    /// <summary>Checks the sources of a specification.</summary>
    public static void Check(JsonObject? spec, string name, bool hasAffinity, FieldPath path, FieldErrors errors)
    {
        var count = 0;
        foreach (var (member, place, oneOnly) in Sources)
        {
            if (spec.Object(member) is not { } source)
            {
                continue;
            }

            // Nothing counts what came before a flexVolume.
            if (count > 0 && oneOnly.Length > 0)
            {
                errors.Forbidden(path.Child(oneOnly), "may not specify more than 1 volume type");
                continue;
            }

            count++;
            Source(member, source, name, path, path.Child(place), errors);
            if (member == "local" && !hasAffinity)
            {
                errors.Required(path.Child("nodeAffinity"), "Local volume requires node affinity");
            }
        }

        if (count == 0)
        {
            errors.Required(path, "must specify a volume type");
        }
    }

    private static void Source(string member, JsonObject source, string name, FieldPath volume, FieldPath path, FieldErrors errors)
    {
        switch (member)
        {
            case "csi":
                Csi(source, path, errors);
                return;
            case "local":
                Local(source, path, errors);
                return;
            case "iscsi" when source.Has("initiatorName") && $"{name}:{source.Text("targetPortal")}".Length > LongestTarget:
                errors.Invalid(
                    path.Child("targetportal"), source.Text("targetPortal"),
                    "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.");
                break;
        }

        VolumeSourceRules.Check(member, source, "", volume, path, errors);
        switch (member)
        {
            case "glusterfs" when source.TextOrNull("endpointsNamespace") is { } ns:
                GlusterNamespace(ns, path.Child("endpointsNamespace"), errors);
                break;
            case "cinder" or "storageos" when source.Object("secretRef") is { } secret && secret.Text("namespace").Length == 0:
                errors.Required(path.Child("secretRef", "namespace"));
                break;
            case "azureFile" when source.TextOrNull("secretNamespace") is { Length: 0 }:
                errors.Required(path.Child("secretNamespace"));
                break;
        }
    }

    private static void GlusterNamespace(string ns, FieldPath path, FieldErrors errors)
    {
        if (ns.Length == 0)
        {
            errors.Invalid(path, ns, "if the endpointnamespace is set, it must be a valid namespace name");
        }
        else
        {
            errors.InvalidAll(path, ns, NameRules.DnsLabel(ns));
        }
    }

    private static void Local(JsonObject source, FieldPath path, FieldErrors errors)
    {
        if (source.Text("path").Length == 0)
        {
            errors.Required(path.Child("path"));
        }
        else
        {
            PathRules.NoBacksteps(source.Text("path"), path.Child("path"), errors);
        }
    }

    private static void Csi(JsonObject source, FieldPath path, FieldErrors errors)
    {
        VolumeSourceRules.DriverName(source.Text("driver"), path.Child("driver"), errors);
        if (source.Text("volumeHandle").Length == 0)
        {
            errors.Required(path.Child("volumeHandle"));
        }

        foreach (var member in (ReadOnlySpan<string>)["controllerPublishSecretRef", "controllerExpandSecretRef", "nodePublishSecretRef"])
        {
            if (source.Object(member) is { } secret)
            {
                Secret(secret, path, path.Child(member), errors);
            }
        }
    }

    // Malformed names are reported beside the reference, absent ones inside it.
    private static void Secret(JsonObject secret, FieldPath source, FieldPath path, FieldErrors errors)
    {
        foreach (var member in (ReadOnlySpan<string>)["name", "namespace"])
        {
            var text = secret.Text(member);
            if (text.Length == 0)
            {
                errors.Required(path.Child(member));
            }
            else
            {
                errors.InvalidAll(source.Child(member), text, NameRules.DnsLabel(text));
            }
        }
    }
}
