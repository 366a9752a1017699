using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>A Ceph RBD image, inline in a pod.</summary>
public sealed record RBDVolumeSource
{
    private readonly Items<string> _monitors;

    /// <summary>Addresses of the monitors.</summary>
    public ImmutableArray<string> Monitors { get => _monitors.Array; init => _monitors = new(value); }

    /// <summary>Name of the image.</summary>
    public string Image { get; init => field = value ?? ""; } = "";

    /// <summary>File system.</summary>
    public string FsType { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the pool.</summary>
    public string Pool { get; init => field = value ?? ""; } = "";

    /// <summary>User name.</summary>
    public string User { get; init => field = value ?? ""; } = "";

    /// <summary>Path of the keyring.</summary>
    public string Keyring { get; init => field = value ?? ""; } = "";

    /// <summary>Secret of the user.</summary>
    public LocalObjectReference? SecretRef { get; init; }

    /// <summary>True to mount it read-only.</summary>
    public bool ReadOnly { get; init; }
}
