using System.Collections.Frozen;
using System.Globalization;
using K124.Sim.Kinds.Schema;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Validation;

/// <summary>The types that the server works on, where they differ from those of the API: names, order of members, members that are
/// grouped.</summary>
internal static class GoTypes
{
    /// <summary>First letter of what begins a group of members.</summary>
    public const char Begin = '+';

    /// <summary>The end of a group of members.</summary>
    public const string End = "-";

    private static readonly FrozenDictionary<string, string> Members = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["metadata"] = "ObjectMeta",
        ["uid"] = "UID",
        ["ip"] = "IP",
        ["id"] = "ID",
        ["os"] = "OS",
        ["tty"] = "TTY",
        ["nfs"] = "NFS",
        ["iscsi"] = "ISCSI",
        ["rbd"] = "RBD",
        ["cephfs"] = "CephFS",
        ["fc"] = "FC",
        ["csi"] = "CSI",
        ["grpc"] = "GRPC",
        ["tls"] = "TLS",
        ["url"] = "URL",
        ["cidr"] = "CIDR",
        ["storageos"] = "StorageOS",
        ["clusterName"] = "ZZZ_DeprecatedClusterName",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Words at the start of a member that Go writes in capitals.
    private static readonly string[] Capitals = ["api", "dns", "gce", "aws", "tcp", "http", "json", "se", "fs", "ca", "gmsa"];

    private static readonly FrozenDictionary<string, string> Order = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PodSpec"] = "volumes initContainers containers ephemeralContainers restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds "
            + "dnsPolicy nodeSelector serviceAccountName automountServiceAccountToken nodeName securityContext imagePullSecrets hostname subdomain "
            + "setHostnameAsFQDN affinity schedulerName tolerations hostAliases priorityClassName priority preemptionPolicy dnsConfig readinessGates "
            + "runtimeClassName overhead enableServiceLinks topologySpreadConstraints os",
        ["Volume"] = "name +VolumeSource:core.VolumeSource hostPath emptyDir gcePersistentDisk awsElasticBlockStore gitRepo secret nfs iscsi glusterfs "
            + "persistentVolumeClaim rbd quobyte flexVolume cinder cephfs flocker downwardAPI fc azureFile configMap vsphereVolume azureDisk "
            + "photonPersistentDisk projected portworxVolume scaleIO storageos csi ephemeral -",
        ["Probe"] = "+ProbeHandler:core.ProbeHandler exec httpGet tcpSocket grpc - initialDelaySeconds timeoutSeconds periodSeconds successThreshold "
            + "failureThreshold terminationGracePeriodSeconds",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Strings with a type of their own, where a list or a pointer shows its name.
    private static readonly FrozenDictionary<string, string> NamedStrings = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ResourceQuotaSpec.scopes"] = "core.ResourceQuotaScope",
        ["CSIDriverSpec.volumeLifecycleModes"] = "storage.VolumeLifecycleMode",
        ["CSIDriverSpec.fsGroupPolicy"] = "storage.FSGroupPolicy",
        ["NetworkPolicySpec.policyTypes"] = "networking.PolicyType",
        ["NetworkPolicyPort.protocol"] = "core.Protocol",
        ["PersistentVolumeSpec.accessModes"] = "core.PersistentVolumeAccessMode",
        ["PersistentVolumeSpec.volumeMode"] = "core.PersistentVolumeMode",
        ["PersistentVolumeClaimSpec.accessModes"] = "core.PersistentVolumeAccessMode",
        ["PersistentVolumeClaimSpec.volumeMode"] = "core.PersistentVolumeMode",
        ["Capabilities.add"] = "core.Capability",
        ["Capabilities.drop"] = "core.Capability",
        ["SecurityContext.procMount"] = "core.ProcMountType",
        ["PodSecurityContext.fsGroupChangePolicy"] = "core.PodFSGroupChangePolicy",
        ["PodSpec.preemptionPolicy"] = "core.PreemptionPolicy",
        ["VolumeMount.mountPropagation"] = "core.MountPropagationMode",
        ["HostPathVolumeSource.type"] = "core.HostPathType",
        ["ServiceSpec.ipFamilies"] = "core.IPFamily",
        ["ServiceSpec.ipFamilyPolicy"] = "core.IPFamilyPolicyType",
        ["ServiceSpec.internalTrafficPolicy"] = "core.ServiceInternalTrafficPolicyType",
        ["JobSpec.completionMode"] = "batch.CompletionMode",
        ["StorageClass.volumeBindingMode"] = "storage.VolumeBindingMode",
        ["StorageClass.reclaimPolicy"] = "core.PersistentVolumeReclaimPolicy",
        ["RuleWithOperations.operations"] = "admissionregistration.OperationType",
        ["RuleWithOperations.scope"] = "admissionregistration.ScopeType",
        ["ObjectMeta.uid"] = "types.UID",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Name of a type.</summary>
    public static string NameOf(SchemaType type) => $"{PackageOf(type.Name)}.{type.ShortName}";

    /// <summary>Name of a shape.</summary>
    public static string NameOf(SchemaShape shape) => shape.Kind switch
    {
        SchemaKind.Struct => NameOf(shape.Type!),
        SchemaKind.List => "[]" + NameOf(shape.Element!),
        SchemaKind.Map => shape.Element!.Kind == SchemaKind.Quantity ? "core.ResourceList" : "map[string]" + NameOf(shape.Element),
        _ => shape.GoName,
    };

    /// <summary>Members of a type in their order, as the API names them; with the beginnings and ends of groups.</summary>
    public static IEnumerable<string> MembersOf(SchemaType type) =>
        Order.TryGetValue(type.ShortName, out var order) && NameOf(type).StartsWith("core.", StringComparison.Ordinal)
            ? order.Split(' ')
            : type.Fields.Select(static field => field.Name);

    /// <summary>Name of a member.</summary>
    public static string MemberName(string name)
    {
        if (Members.TryGetValue(name, out var known))
        {
            return known;
        }

        foreach (var word in Capitals)
        {
            if (name.Length > word.Length && name.StartsWith(word, StringComparison.Ordinal) && char.IsAsciiLetterUpper(name[word.Length]))
            {
                return word.ToUpperInvariant() + name[word.Length..];
            }
        }

        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    /// <summary>Name of the type of a string member, or of the elements of a list of strings; null if it is plain.</summary>
    public static string? NamedString(SchemaType owner, string member) => NamedStrings.GetValueOrDefault($"{owner.ShortName}.{member}");

    /// <summary>Whether a member that the API may leave out is always there.</summary>
    public static bool IsHeldByValue(SchemaType owner, string member) => (owner.ShortName, member) is ("RollingUpdateStatefulSetStrategy", "partition");

    /// <summary>A time.</summary>
    public static string Time(string? rfc3339)
    {
        if (!DateTimeOffset.TryParse(rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
        {
            return "time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC)";
        }

        var time = parsed.UtcDateTime;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"time.Date({time.Year}, time.{time.ToString("MMMM", CultureInfo.InvariantCulture)}, {time.Day}, {time.Hour}, {time.Minute}, {time.Second}, {time.Ticks % TimeSpan.TicksPerSecond * 100}, time.Local)");
    }

    /// <summary>A quantity: its digits, the power of ten that scales them, and the text that it came as.</summary>
    public static string Quantity(string text)
    {
        var end = text.AsSpan().IndexOfAnyExcept("+-.0123456789");
        var suffix = end < 0 ? "" : text[end..];
        var digits = (end < 0 ? text : text[..end]).TrimStart('+');
        var dot = digits.IndexOf('.', StringComparison.Ordinal);
        var decimals = dot < 0 ? 0 : digits.Length - dot - 1;
        var (scale, factor, format) = Suffix(suffix);
        _ = long.TryParse(digits.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var value);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"resource.Quantity{{i:resource.int64Amount{{value:{value * factor}, scale:{scale - decimals}}}, d:resource.infDecAmount{{Dec:(*inf.Dec)(nil)}}, s:{GoText.Quote(text)}, Format:\"{format}\"}}");
    }

    private static (int Scale, long Factor, string Format) Suffix(string suffix)
    {
        const string Decimals = "num kMGTPE";
        if (suffix.Length == 2 && suffix[1] == 'i')
        {
            return (0, 1L << (10 * ("KMGTPE".IndexOf(suffix[0], StringComparison.Ordinal) + 1)), "BinarySI");
        }

        if (suffix.Length > 1 && suffix[0] is 'e' or 'E')
        {
            return (int.Parse(suffix[1..], CultureInfo.InvariantCulture), 1, "DecimalExponent");
        }

        return (suffix.Length == 0 ? 0 : 3 * (Decimals.IndexOf(suffix[0], StringComparison.Ordinal) - 3), 1, "DecimalSI");
    }

    private static string PackageOf(string name)
    {
        var parts = name.Split('.');
        return parts[^2] is var version && name.StartsWith("apimachinery.", StringComparison.Ordinal) ? version
            : parts[^3] == "events" ? "core"
            : parts[^3];
    }
}
