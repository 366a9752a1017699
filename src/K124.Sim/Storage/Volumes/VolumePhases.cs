namespace K124.Sim.Storage.Volumes;

/// <summary>Phases of volumes.</summary>
internal static class VolumePhases
{
    public const string Available = nameof(Available);
    public const string Bound = nameof(Bound);
    public const string Released = nameof(Released);
    public const string Failed = nameof(Failed);
}
