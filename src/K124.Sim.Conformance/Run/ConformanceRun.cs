using System.Text.Json;

namespace K124.Sim.Conformance.Run;

/// <summary>Runs recorded decisions through the library.</summary>
/// <param name="options">How; null for the defaults.</param>
public sealed class ConformanceRun(ConformanceOptions? options = null)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly ConformanceOptions _options = options ?? new();
    private readonly Dictionary<string, CompanionFiles> _companions = new(StringComparer.Ordinal);

    /// <summary>Runs all recordings below a directory, or those of one file.</summary>
    /// <param name="path">A directory; or one file in a folder that is named after an area, or below one.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>What came of it, or why nothing could be verified.</returns>
    public ConformanceReport Verify(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var isFile = File.Exists(path);
        if (!isFile && !Directory.Exists(path))
        {
            return new(path, [], $"there is no directory '{path}'");
        }

        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string[] files = isFile
            ? [root]
            : [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(IsLookedAt).OrderBy(file => Path.GetRelativePath(root, file), StringComparer.Ordinal)];
        var above = isFile ? Path.GetDirectoryName(root)! : root;
        if (Array.Find(files, file => Areas.Of(file) is null && RecordedFile.HoldsCases(file)) is { } stray)
        {
            return new(path, [], $"'{Path.GetRelativePath(above, stray)}' is below no folder that is named after an area ({string.Join(", ", Areas.Names)})");
        }

        var report = new ConformanceReport(
            path, [.. files.Where(static file => Areas.Of(file) is not null).Select(file => VerifyFile(above, file, Areas.Of(file)!, cancellationToken))]);
        return report.Cases > 0 ? report : report with { Problem = $"there is no recorded case below '{path}'" };
    }

    private static bool IsLookedAt(string file) => !CompanionFiles.IsCompanion(Path.GetFileName(file));

    private FileReport VerifyFile(string root, string file, Area area, CancellationToken cancellationToken)
    {
        var start = _options.Clock?.GetTimestamp() ?? 0;
        var path = Path.GetRelativePath(root, file);
        var name = Path.GetFileName(file);
        var tally = new FileTally(_options.DifferencesKept);
        if (!RecordedFile.HoldsCases(name))
        {
            tally.AddNotCovered(["a file that holds neither cases nor what cases are known to share"]);
        }
        else
        {
            var verifier = area.VerifierOf(name);
            var recorded = new RecordedFile(name, CompanionsOf(file), () => CaseLines.Read(file).Select(static line => line.Text ?? ""));
            foreach (var line in CaseLines.Read(file))
            {
                cancellationToken.ThrowIfCancellationRequested();
                _options.Progress?.Invoke(new(path, line.Number));
                if (verifier is null && line.Error is null)
                {
                    tally.AddNotCovered([Area.NotCoveredFile(name)]);
                    continue;
                }

                var (id, outcome) = VerifyLine(verifier, recorded, line);
                tally.Add(line.Number, id, outcome);
            }
        }

        return tally.ToReport(path.Replace(Path.DirectorySeparatorChar, '/'), area.Name, _options.Clock?.GetElapsedTime(start) ?? TimeSpan.Zero);
    }

    private CompanionFiles CompanionsOf(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (!_companions.TryGetValue(folder, out var companions))
        {
            _companions.Add(folder, companions = new(folder));
        }

        return companions;
    }

    private static (string Id, CaseOutcome Outcome) VerifyLine(IFileVerifier? verifier, RecordedFile file, CaseLine line)
    {
        if (line.Error is { } error)
        {
            return ("", new CaseOutcome.Differ([error]));
        }

        var id = "";
        try
        {
            using var document = JsonDocument.Parse(line.Text!, Strict);
            id = document.RootElement.GetProperty("id").GetString() ?? throw new FormatException("the id is null");
            return (id, verifier!.Verify(new(file, id, document.RootElement)));
        }
        catch (Exception exception) when (
            exception is JsonException or FormatException or ArgumentException or KeyNotFoundException or InvalidOperationException)
        {
            return (id, new CaseOutcome.Differ([$"the case cannot be read: {exception.Message}"]));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One case that breaks must not hide what comes of all others.
            return (id, new CaseOutcome.Differ([$"the case ends in {exception.GetType().Name}: {exception.Message}", .. StackOf(exception)]));
        }
    }

    private static IEnumerable<string> StackOf(Exception exception) =>
        (exception.StackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(5);
}
