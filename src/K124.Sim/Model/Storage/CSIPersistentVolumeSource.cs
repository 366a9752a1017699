namespace K124.Sim.Model;

/// <summary>A CSI volume behind a persistent volume.</summary>
public sealed record CSIPersistentVolumeSource
{
    /// <summary>Name of the driver.</summary>
    public string Driver { get; init => field = value ?? ""; } = "";

    /// <summary>Identity of the volume for the driver.</summary>
    public string VolumeHandle { get; init => field = value ?? ""; } = "";

    /// <summary>True to mount it read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>File system.</summary>
    public string FsType { get; init => field = value ?? ""; } = "";

    /// <summary>Attributes for the driver.</summary>
    public StringMap<string> VolumeAttributes { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>Secret for attaching.</summary>
    public SecretReference? ControllerPublishSecretRef { get; init; }

    /// <summary>Secret for staging.</summary>
    public SecretReference? NodeStageSecretRef { get; init; }

    /// <summary>Secret for publishing.</summary>
    public SecretReference? NodePublishSecretRef { get; init; }

    /// <summary>Secret for expansion.</summary>
    public SecretReference? ControllerExpandSecretRef { get; init; }
}
