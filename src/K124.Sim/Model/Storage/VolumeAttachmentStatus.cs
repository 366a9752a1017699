namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="VolumeAttachment"/>.</summary>
public sealed record VolumeAttachmentStatus
{
    internal static readonly VolumeAttachmentStatus Default = new();

    /// <summary>Last error of attaching.</summary>
    public VolumeError? AttachError { get; init; }

    /// <summary>Whether the volume is attached.</summary>
    public bool Attached { get; init; }

    /// <summary>What the driver returned.</summary>
    public StringMap<string> AttachmentMetadata { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>Last error of detaching.</summary>
    public VolumeError? DetachError { get; init; }
}
