using K124.Sim.Model.Json;

namespace K124.Sim.Manifests.Internal;

/// <summary>One reading of any number of files into a sink.</summary>
internal class InputSession(ManifestOptions options, IItemSink sink, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
{
    private const long ProgressStep = 1 << 20;

    private readonly StringPool _pool = new();
    private long? _totalBytes;
    private long _nextReport;

    protected int Files { get; private set; }

    protected long Bytes { get; private set; }

    public void ReadPaths(IEnumerable<string> paths)
    {
        var files = new List<(string Path, long? Length)>();
        foreach (var path in paths)
        {
            if (path == InputPaths.StandardInput)
            {
                if (files.Exists(static file => file.Path == InputPaths.StandardInput))
                {
                    sink.Report(new("standard input can be read only once") { File = path });
                    continue;
                }

                files.Add((path, null));
            }
            else if (Directory.Exists(path))
            {
                Guard(path, () => files.AddRange(InputPaths.FilesUnder(path).Select(file => (file, (long?)new FileInfo(file).Length))));
            }
            else
            {
                Guard(path, () => files.Add((path, new FileInfo(path).Length)));
            }
        }

        _totalBytes = files.Aggregate((long?)0, static (sum, file) => sum + file.Length);
        foreach (var (path, _) in files)
        {
            Guard(path, () =>
            {
                using var stream = path == InputPaths.StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
                ReadContent(stream, path);
            });
        }
    }

    public void ReadStream(Stream stream, string name)
    {
        _totalBytes = stream.CanSeek ? stream.Length - stream.Position : null;
        Guard(name, () => ReadContent(stream, name));
    }

    private void ReadContent(Stream source, string name)
    {
        Files++;
        sink.BeginFile(name);
        var (text, isJson) = ContentStream.Open(new CountingStream(source, Count, cancellationToken));
        if (isJson)
        {
            new JsonDocumentReader(text, options.BufferSize, options, new(_pool, options), sink).ReadAll();
        }
        else
        {
            using var reader = new YamlDocumentReader(text, options, new(_pool, options), sink);
            reader.ReadAll();
        }
    }

    /// <summary>Makes an error of what the outside world may do to a file.</summary>
    private void Guard(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or System.Text.DecoderFallbackException)
        {
            sink.Report(new(InputErrors.Describe(exception)) { File = path });
        }
    }

    private void Count(int length)
    {
        Bytes += length;
        if (Bytes >= _nextReport)
        {
            ReportProgress();
        }
    }

    protected void ReportProgress()
    {
        _nextReport = Bytes + ProgressStep;
        progress?.Report(new(Bytes, _totalBytes, sink.Count));
    }
}
