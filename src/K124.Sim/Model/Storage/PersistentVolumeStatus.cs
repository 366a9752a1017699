namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="PersistentVolume"/>.</summary>
public sealed record PersistentVolumeStatus
{
    internal static readonly PersistentVolumeStatus Default = new();

    /// <summary><c>Pending</c>, <c>Available</c>, <c>Bound</c>, <c>Released</c> or <c>Failed</c>.</summary>
    public string Phase { get; init => field = value ?? ""; } = "";

    /// <summary>Text for people.</summary>
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>One-word cause of the phase.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";
}
