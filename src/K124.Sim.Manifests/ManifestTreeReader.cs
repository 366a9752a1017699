using K124.Sim.Manifests.Internal;

namespace K124.Sim.Manifests;

/// <summary>Reads objects of any kind and version as they are written, known to 1.24 or not.</summary>
/// <remarks>Texts, files and lists are those of <see cref="ManifestReader"/>; of a script of timed steps the applied objects are taken.</remarks>
public static class ManifestTreeReader
{
    /// <summary>Reads files and directories, in the given order.</summary>
    /// <param name="paths">Files, directories, or <c>-</c> for standard input.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <param name="progress">Told now and then how far reading has come; may be null.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The objects, and what could not be read.</returns>
    /// <exception cref="OperationCanceledException">Reading was stopped.</exception>
    public static ManifestTrees Read(
        IEnumerable<string> paths, ManifestOptions? options = null, IProgress<LoadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var given = options ?? ManifestOptions.Default;
        var collector = new TreeCollector(given);
        new InputSession(given, collector, progress, cancellationToken).ReadPaths(paths);
        return collector.Finish();
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">JSON, JSON Lines or YAML.</param>
    /// <returns>The objects, and what could not be read.</returns>
    public static ManifestTrees Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var collector = new TreeCollector(ManifestOptions.Default);
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text), writable: false);
        new InputSession(ManifestOptions.Default, collector, null, default).ReadStream(stream, "");
        return collector.Finish();
    }
}
