namespace K124.Sim.Manifests.Internal;

/// <summary>Turns the paths that a user names into files.</summary>
internal static class InputPaths
{
    public const string StandardInput = "-";

    private static readonly string[] Extensions = [".json", ".yaml", ".yml", ".jsonl"];

    /// <summary>The files under a directory that hold manifests, ordered ordinally by relative path with '/' between folders.</summary>
    public static IEnumerable<string> FilesUnder(string directory) => Directory
        .EnumerateFiles(directory, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = default(FileAttributes) })
        .Where(IsManifest)
        .OrderBy(file => Path.GetRelativePath(directory, file).Replace(Path.DirectorySeparatorChar, '/'), StringComparer.Ordinal);

    private static bool IsManifest(string file)
    {
        var name = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        return Extensions.Any(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
    }
}
