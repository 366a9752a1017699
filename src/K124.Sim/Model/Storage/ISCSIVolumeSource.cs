using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>An iSCSI disk, inline in a pod or behind a persistent volume.</summary>
public sealed record ISCSIVolumeSource
{
    private readonly Items<string> _portals;

    /// <summary>Portal address.</summary>
    public string TargetPortal { get; init => field = value ?? ""; } = "";

    /// <summary>Qualified name of the target.</summary>
    public string Iqn { get; init => field = value ?? ""; } = "";

    /// <summary>Logical unit number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Lun { get; init; }

    /// <summary>File system.</summary>
    public string FsType { get; init => field = value ?? ""; } = "";

    /// <summary>True to mount it read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Further portals.</summary>
    public ImmutableArray<string> Portals { get => _portals.Array; init => _portals = new(value); }

    /// <summary>Whether discovery is authenticated by CHAP.</summary>
    public bool ChapAuthDiscovery { get; init; }

    /// <summary>Whether sessions are authenticated by CHAP.</summary>
    public bool ChapAuthSession { get; init; }

    /// <summary>Name of the initiator.</summary>
    public string? InitiatorName { get; init; }

    /// <summary>Interface that is used.</summary>
    public string IscsiInterface { get; init => field = value ?? ""; } = "";

    /// <summary>Secret with credentials.</summary>
    public SecretReference? SecretRef { get; init; }
}
