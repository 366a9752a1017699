using System.Buffers;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of sources of volumes that are disks, shares or directories.</summary>
internal static class VolumeSourceRules
{
    private const long LargestByte = 255;
    private const string Alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string PartitionText = "must be between 1 and 255, inclusive";
    private const string IscsiText = "must be valid format starting with iqn, eui, or naa";
    private const string RegistryText = "must be a host:port pair or multiple pairs separated by commas";

    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphanumeric);
    private static readonly SearchValues<char> DomainLetters = SearchValues.Create(Alphanumeric + "-.");
    private static readonly SearchValues<char> NameExceptions = SearchValues.Create(",;*&$| \t\r\n");

    /// <summary>Checks a source.</summary>
    /// <param name="kind">Its member in the volume.</param>
    /// <param name="source">The source.</param>
    /// <param name="volumeName">Name of the volume.</param>
    /// <param name="volume">Path of the volume.</param>
    /// <param name="path">Path of the source.</param>
    /// <param name="errors">The errors.</param>
    public static void Check(string kind, JsonObject source, string volumeName, FieldPath volume, FieldPath path, FieldErrors errors)
    {
        switch (kind)
        {
            case "emptyDir":
                if (Quantities.Read(source.TextOrNull("sizeLimit")) < default(Model.Quantity))
                {
                    errors.Forbidden(path.Child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
                }

                break;
            case "hostPath":
                HostPath(source, path, errors);
                break;
            case "gitRepo":
                Need(source, "repository", path, errors);
                PathRules.Descending(source.Text("directory"), path.Child("directory"), errors);
                break;
            case "gcePersistentDisk":
                Need(source, "pdName", path, errors);
                Partition(source, path, errors);
                break;
            case "awsElasticBlockStore":
                Need(source, "volumeID", path, errors);
                Partition(source, path, errors);
                break;
            case "nfs":
                Need(source, "server", path, errors);
                Need(source, "path", path, errors);
                if (!source.Text("path").StartsWith('/'))
                {
                    errors.Invalid(path.Child("path"), source.Text("path"), "must be an absolute path");
                }

                break;
            case "iscsi":
                Iscsi(source, volumeName, volume, path, errors);
                break;
            case "flocker":
                Flocker(source, path, errors);
                break;
            case "cinder":
                Need(source, "volumeID", path, errors);
                SecretName(source, "secretRef", path, errors);
                break;
            case "quobyte":
                Quobyte(source, path, errors);
                break;
            case "fc":
                FibreChannel(source, path, errors);
                break;
            case "flexVolume":
                Need(source, "driver", path, errors);
                FlexOptions(source.Object("options"), path.Child("options"), errors);
                break;
            case "azureDisk":
                AzureDisk(source, path, errors);
                break;
            case "storageos":
                StorageOS(source, path, errors);
                break;
            case "csi":
                Csi(source, path, errors);
                break;
            default:
                foreach (var member in NeededBy(kind))
                {
                    Need(source, member, path, errors);
                }

                break;
        }
    }

    private static ReadOnlySpan<string> NeededBy(string kind) => kind switch
    {
        "glusterfs" => (string[])["endpoints", "path"],
        "persistentVolumeClaim" => (string[])["claimName"],
        "rbd" => (string[])["monitors", "image"],
        "cephfs" => (string[])["monitors"],
        "azureFile" => (string[])["secretName", "shareName"],
        "vsphereVolume" => (string[])["volumePath"],
        "photonPersistentDisk" => (string[])["pdID"],
        "portworxVolume" => (string[])["volumeID"],
        "scaleIO" => (string[])["gateway", "system", "volumeName"],
        _ => [],
    };

    private static void Need(JsonObject source, string member, FieldPath path, FieldErrors errors)
    {
        if (!source.Has(member))
        {
            errors.Required(path.Child(member));
        }
    }

    private static void Partition(JsonObject source, FieldPath path, FieldErrors errors)
    {
        if (source.Number("partition") is var partition and (< 0 or > LargestByte))
        {
            errors.Invalid(path.Child("partition"), partition, PartitionText);
        }
    }

    private static void SecretName(JsonObject source, string member, FieldPath path, FieldErrors errors)
    {
        if (source.Object(member) is { } secret && secret.Text("name").Length == 0)
        {
            errors.Required(path.Child(member, "name"));
        }
    }

    private static void HostPath(JsonObject source, FieldPath path, FieldErrors errors)
    {
        if (source.Text("path").Length == 0)
        {
            errors.Required(path.Child("path"));
            return;
        }

        PathRules.NoBacksteps(source.Text("path"), path.Child("path"), errors);
        if (source.TextOrNull("type") is { } type && type is not ("" or "BlockDevice" or "CharDevice" or "Directory" or "DirectoryOrCreate" or "File"
            or "FileOrCreate" or "Socket"))
        {
            errors.NotSupported(
                path.Child("type"), type, "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");
        }
    }

    private static void Iscsi(JsonObject source, string volumeName, FieldPath volume, FieldPath path, FieldErrors errors)
    {
        const int LongestTarget = 64;
        Need(source, "targetPortal", path, errors);
        Need(source, "iqn", path, errors);
        if (source.Text("iqn") is { Length: > 0 } iqn)
        {
            IscsiName(iqn, path.Child("iqn"), errors);
        }

        if (source.Number("lun") is var lun and (< 0 or > LargestByte))
        {
            errors.InRange(path.Child("lun"), lun, 0, LargestByte);
        }

        if ((source.Flag("chapAuthDiscovery") || source.Flag("chapAuthSession")) && !source.Has("secretRef"))
        {
            errors.Required(path.Child("secretRef"));
        }

        if (source.TextOrNull("initiatorName") is { } initiator)
        {
            IscsiName(initiator, path.Child("initiatorname"), errors);
            if ($"{volumeName}:{source.Text("targetPortal")}".Length > LongestTarget)
            {
                errors.Invalid(
                    volume.Child("name"), volumeName,
                    "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.");
            }
        }
    }

    private static void IscsiName(string name, FieldPath path, FieldErrors errors)
    {
        var isShaped = name.StartsWith("iqn", StringComparison.Ordinal) ? IsIqn(name)
            : name.StartsWith("eui", StringComparison.Ordinal) ? IsLetters(name, 16)
            : name.StartsWith("naa", StringComparison.Ordinal) ? IsLetters(name, 32)
            : (bool?)null;
        if (isShaped is null)
        {
            errors.Invalid(path, name, IscsiText);
        }
        else if (isShaped == false)
        {
            errors.Invalid(path, name, "must be valid format");
        }
    }

    private static bool IsLetters(string name, int count) => name.Length == count + 4 && name.AsSpan(4).IndexOfAnyExcept(Letters) < 0;

    // iqn.YYYY-MM.reversed-domain:name
    private static bool IsIqn(string name)
    {
        const int DateEnd = 11;
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (name.Length <= DateEnd + 1 || name[3] != '.' || name[8] != '-' || name[DateEnd] != '.' || colon <= DateEnd + 1 || colon == name.Length - 1)
        {
            return false;
        }

        return name.AsSpan(4, 4).IndexOfAnyExceptInRange('0', '9') < 0 && name.AsSpan(9, 2).IndexOfAnyExceptInRange('0', '9') < 0
            && name.AsSpan(DateEnd + 1, colon - DateEnd - 1).IndexOfAnyExcept(DomainLetters) < 0
            && name.AsSpan(colon + 1).IndexOfAny(NameExceptions) < 0;
    }

    private static void Flocker(JsonObject source, FieldPath path, FieldErrors errors)
    {
        var name = source.Text("datasetName");
        var uuid = source.Text("datasetUUID");
        if (name.Length == 0 && uuid.Length == 0)
        {
            errors.Required(path, "one of datasetName and datasetUUID is required");
        }

        if (name.Length > 0 && uuid.Length > 0)
        {
            errors.Invalid(path, "resource", "datasetName and datasetUUID can not be specified simultaneously");
        }

        if (name.Contains('/', StringComparison.Ordinal))
        {
            errors.Invalid(path.Child("datasetName"), name, "must not contain '/'");
        }
    }

    private static void Quobyte(JsonObject source, FieldPath path, FieldErrors errors)
    {
        const int LongestTenant = 64;
        var registry = source.Text("registry");
        if (registry.Length == 0)
        {
            errors.Required(path.Child("registry"), RegistryText);
        }
        else if (source.Text("tenant").Length > LongestTenant)
        {
            errors.Required(path.Child("tenant"), $"must be a UUID and may not exceed a length of {LongestTenant} characters");
        }
        else
        {
            foreach (var pair in registry.Split(','))
            {
                if (!IsHostAndPort(pair))
                {
                    errors.Invalid(path.Child("registry"), registry, RegistryText);
                }
            }
        }

        Need(source, "volume", path, errors);
    }

    private static bool IsHostAndPort(string pair)
    {
        var colon = pair.LastIndexOf(':');
        if (colon < 0)
        {
            return false;
        }

        return pair.StartsWith('[') ? pair[colon - 1] == ']' : pair.IndexOf(':', StringComparison.Ordinal) == colon;
    }

    private static void FibreChannel(JsonObject source, FieldPath path, FieldErrors errors)
    {
        var targets = source.Count("targetWWNs");
        var ids = source.Count("wwids");
        if (targets == 0 && ids == 0)
        {
            errors.Required(path.Child("targetWWNs"), "must specify either targetWWNs or wwids, but not both");
        }

        if (targets > 0 && ids > 0)
        {
            errors.InvalidValue(path.Child("targetWWNs"), source["targetWWNs"], "targetWWNs and wwids can not be specified simultaneously");
        }

        if (targets == 0)
        {
            return;
        }

        if (source.NumberOrNull("lun") is not { } lun)
        {
            errors.Required(path.Child("lun"), "lun is required if targetWWNs is specified");
        }
        else
        {
            errors.InRange(path.Child("lun"), lun, 0, LargestByte);
        }
    }

    private static void FlexOptions(JsonObject? options, FieldPath path, FieldErrors errors)
    {
        foreach (var (key, _) in options ?? [])
        {
            var slash = key.IndexOf('/', StringComparison.Ordinal);
            var domain = "." + (slash < 0 ? key : key[..slash]).ToLowerInvariant();
            if (domain.EndsWith(".kubernetes.io", StringComparison.Ordinal) || domain.EndsWith(".k8s.io", StringComparison.Ordinal))
            {
                errors.Invalid(path.Key(key), key, "kubernetes.io and k8s.io namespaces are reserved");
            }
        }
    }

    private static void AzureDisk(JsonObject source, FieldPath path, FieldErrors errors)
    {
        Need(source, "diskName", path, errors);
        Need(source, "diskURI", path, errors);
        if (source.TextOrNull("cachingMode") is { } caching && caching is not ("None" or "ReadOnly" or "ReadWrite"))
        {
            errors.NotSupported(path.Child("cachingMode"), caching, "None", "ReadOnly", "ReadWrite");
        }

        var kind = source.TextOrNull("kind");
        if (kind is not null and not ("Dedicated" or "Managed" or "Shared"))
        {
            errors.NotSupported(path.Child("kind"), kind, "Dedicated", "Managed", "Shared");
        }

        var uri = source.Text("diskURI");
        if (kind == "Managed" && !uri.StartsWith("/subscriptions/", StringComparison.Ordinal))
        {
            errors.NotSupported(
                path.Child("diskURI"), uri,
                "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}");
        }

        if (kind != "Managed" && !uri.StartsWith("https://", StringComparison.Ordinal))
        {
            errors.NotSupported(path.Child("diskURI"), uri, "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd");
        }
    }

    private static void StorageOS(JsonObject source, FieldPath path, FieldErrors errors)
    {
        if (source.Text("volumeName") is { Length: > 0 } name)
        {
            errors.InvalidAll(path.Child("volumeName"), name, NameRules.DnsLabel(name));
        }
        else
        {
            errors.Required(path.Child("volumeName"));
        }

        if (source.Text("volumeNamespace") is { Length: > 0 } ns)
        {
            errors.InvalidAll(path.Child("volumeNamespace"), ns, NameRules.DnsLabel(ns));
        }

        SecretName(source, "secretRef", path, errors);
    }

    private static void Csi(JsonObject source, FieldPath path, FieldErrors errors)
    {
        DriverName(source.Text("driver"), path.Child("driver"), errors);
        if (source.Object("nodePublishSecretRef") is not { } secret)
        {
            return;
        }

        var name = secret.Text("name");
        if (name.Length == 0)
        {
            errors.Required(path.Child("nodePublishSecretRef", "name"));
        }
        else
        {
            errors.InvalidAll(path.Child("name"), name, NameRules.Subdomain(name));
        }
    }

    /// <summary>Checks the name of a CSI driver.</summary>
    public static void DriverName(string name, FieldPath path, FieldErrors errors)
    {
        const int Longest = 63;
        if (name.Length == 0)
        {
            errors.Required(path);
        }

        if (name.Length > Longest)
        {
            errors.TooLong(path, Longest);
        }

        foreach (var text in NameRules.Subdomain(name.ToLowerInvariant()))
        {
            errors.Invalid(path, name, text);
        }
    }
}
