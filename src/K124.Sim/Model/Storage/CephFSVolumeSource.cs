using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>A Ceph file system.</summary>
public sealed record CephFSVolumeSource
{
    private readonly Items<string> _monitors;

    /// <summary>Addresses of Ceph monitors.</summary>
    public ImmutableArray<string> Monitors { get => _monitors.Array; init => _monitors = new(value); }

    /// <summary>Path.</summary>
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it is mounted read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>File on the node that holds the key.</summary>
    public string SecretFile { get; init => field = value ?? ""; } = "";

    /// <summary>Secret with credentials.</summary>
    public LocalObjectReference? SecretRef { get; init; }

    /// <summary>User name.</summary>
    public string User { get; init => field = value ?? ""; } = "";
}
