using K124.Sim.Manifests.Internal;

namespace K124.Sim.Manifests;

/// <summary>Reads a cluster from what <c>kubectl get -o json</c> or <c>-o yaml</c> wrote, or from manifests.</summary>
/// <remarks>JSON, YAML, JSON Lines and concatenated documents, each plain or compressed with gzip, told apart by their
/// content. Lists are unwrapped. The result is a whole cluster or a list of errors. See docs/loading.md.</remarks>
public static class ClusterReader
{
    /// <summary>Reads one file, directory or standard input.</summary>
    /// <param name="path">A file, a directory, or <c>-</c> for standard input.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <param name="progress">Told now and then how far reading has come; may be null.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The cluster, or the errors.</returns>
    /// <exception cref="OperationCanceledException">Reading was stopped.</exception>
    public static LoadResult Read(
        string path, ManifestOptions? options = null, IProgress<LoadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Read([path], options, progress, cancellationToken);

    /// <summary>Reads several files and directories into one cluster.</summary>
    /// <param name="paths">Files, directories (with everything below them, ordered ordinally by relative path; files named
    /// <c>*.json</c>, <c>*.yaml</c>, <c>*.yml</c> or <c>*.jsonl</c>, also with <c>.gz</c>), or <c>-</c> for standard input.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <param name="progress">Told now and then how far reading has come; may be null.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The cluster, or the errors.</returns>
    /// <exception cref="OperationCanceledException">Reading was stopped.</exception>
    public static LoadResult Read(
        IEnumerable<string> paths, ManifestOptions? options = null, IProgress<LoadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var session = new LoadSession(options ?? ManifestOptions.Default, progress, cancellationToken);
        session.ReadPaths(paths);
        return session.FinishCluster();
    }

    /// <summary>Reads a stream to its end; the stream stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <param name="progress">Told now and then how far reading has come; may be null.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The cluster, or the errors.</returns>
    /// <exception cref="OperationCanceledException">Reading was stopped.</exception>
    public static LoadResult ReadStream(
        Stream stream, string name = "", ManifestOptions? options = null, IProgress<LoadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        var session = new LoadSession(options ?? ManifestOptions.Default, progress, cancellationToken);
        session.ReadStream(stream, name);
        return session.FinishCluster();
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">JSON, JSON Lines or YAML.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <returns>The cluster, or the errors.</returns>
    public static LoadResult Parse(string text, ManifestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text), writable: false);
        return ReadStream(stream, "", options);
    }
}
