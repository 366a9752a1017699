namespace K124.Sim.Storage.Volumes;

/// <summary>What a volume offers: a file system or the bare device.</summary>
internal static class VolumeModes
{
    public const string Filesystem = "Filesystem";
    public const string Block = "Block";

    /// <summary>Whether two modes are the same; none given counts as a file system.</summary>
    public static bool Match(string? left, string? right) => (left ?? Filesystem) == (right ?? Filesystem);
}
