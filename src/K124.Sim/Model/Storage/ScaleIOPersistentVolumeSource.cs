namespace K124.Sim.Model;

/// <summary>A ScaleIO volume of a PersistentVolume.</summary>
public sealed record ScaleIOPersistentVolumeSource
{
    /// <summary>File system type.</summary>
    public string FsType { get; init => field = value ?? ""; } = "";

    /// <summary>Address of the gateway.</summary>
    public string Gateway { get; init => field = value ?? ""; } = "";

    /// <summary>Protection domain.</summary>
    public string ProtectionDomain { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it is mounted read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Secret with credentials.</summary>
    public SecretReference? SecretRef { get; init; }

    /// <summary>Whether the gateway is spoken to over TLS.</summary>
    public bool SslEnabled { get; init; }

    /// <summary><c>ThickProvisioned</c> or <c>ThinProvisioned</c>.</summary>
    public string StorageMode { get; init => field = value ?? ""; } = "";

    /// <summary>Storage pool.</summary>
    public string StoragePool { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the storage system.</summary>
    public string System { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the volume.</summary>
    public string VolumeName { get; init => field = value ?? ""; } = "";
}
