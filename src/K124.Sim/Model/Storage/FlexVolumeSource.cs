namespace K124.Sim.Model;

/// <summary>A FlexVolume.</summary>
public sealed record FlexVolumeSource
{
    /// <summary>Name of the driver.</summary>
    public string Driver { get; init => field = value ?? ""; } = "";

    /// <summary>File system type.</summary>
    public string FsType { get; init => field = value ?? ""; } = "";

    /// <summary>Options.</summary>
    public StringMap<string> Options { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>Whether it is mounted read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Secret with credentials.</summary>
    public LocalObjectReference? SecretRef { get; init; }
}
