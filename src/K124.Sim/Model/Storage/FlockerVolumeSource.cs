namespace K124.Sim.Model;

/// <summary>A Flocker dataset.</summary>
public sealed record FlockerVolumeSource
{
    /// <summary>Name of the dataset.</summary>
    public string DatasetName { get; init => field = value ?? ""; } = "";

    /// <summary>Identity of the dataset.</summary>
    public string DatasetUUID { get; init => field = value ?? ""; } = "";
}
