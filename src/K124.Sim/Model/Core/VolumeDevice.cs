namespace K124.Sim.Model;

/// <summary>A block device in a container.</summary>
public sealed record VolumeDevice
{
    /// <summary>Path of the device.</summary>
    public string DevicePath { get; init => field = value ?? ""; } = "";

    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";
}
