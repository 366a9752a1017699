namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="VolumeAttachment"/>.</summary>
public sealed record VolumeAttachmentSpec
{
    internal static readonly VolumeAttachmentSpec Default = new();

    /// <summary>Driver that attaches.</summary>
    public string Attacher { get; init => field = value ?? ""; } = "";

    /// <summary>Node.</summary>
    public string NodeName { get; init => field = value ?? ""; } = "";

    /// <summary>What it is about.</summary>
    public VolumeAttachmentSource Source { get; init => field = value ?? VolumeAttachmentSource.Default; } = VolumeAttachmentSource.Default;
}
