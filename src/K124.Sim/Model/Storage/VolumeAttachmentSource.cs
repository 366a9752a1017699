namespace K124.Sim.Model;

/// <summary>What is attached.</summary>
public sealed record VolumeAttachmentSource
{
    internal static readonly VolumeAttachmentSource Default = new();

    /// <summary>Volume of a migrated inline source.</summary>
    public PersistentVolumeSpec? InlineVolumeSpec { get; init; }

    /// <summary>Name of the PersistentVolume.</summary>
    public string? PersistentVolumeName { get; init; }
}
