namespace K124.Sim.Model;

/// <summary>A volume in a container's file system.</summary>
public sealed record VolumeMount
{
    /// <summary>Path of the mount.</summary>
    public string MountPath { get; init => field = value ?? ""; } = "";

    /// <summary>How mounts propagate.</summary>
    public string? MountPropagation { get; init; }

    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it is mounted read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Path inside the volume.</summary>
    public string SubPath { get; init => field = value ?? ""; } = "";

    /// <summary>Path inside the volume, with variables.</summary>
    public string SubPathExpr { get; init => field = value ?? ""; } = "";
}
