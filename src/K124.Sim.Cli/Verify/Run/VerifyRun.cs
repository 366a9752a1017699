using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using K124.Sim.Cli.Output;

namespace K124.Sim.Cli.Verify.Run;

/// <summary>Runs all recordings below a directory through the library.</summary>
internal sealed class VerifyRun(TimeProvider clock, StatusLine status, CancellationToken cancellationToken)
{
    /// <summary>Differing cases of a file that are kept with their details; the rest is counted.</summary>
    public const int DifferencesKept = 10;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public VerifyReport Verify(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return new(directory, [], $"there is no directory '{directory}'");
        }

        var root = Path.GetFullPath(directory);
        string[] paths = [.. CaseLines.Files(root)];
        if (Array.Find(paths, path => Areas.Of(root, path) is null) is { } stray)
        {
            return new(directory, [], $"'{stray}' is below no folder that is named after an area ({string.Join(", ", Areas.Names)})");
        }

        var report = new VerifyReport(directory, [.. paths.Select(path => VerifyFile(root, path, Areas.Of(root, path)!))]);
        return report.Cases > 0 ? report : report with { Problem = $"there is no recorded case below '{directory}'" };
    }

    private FileReport VerifyFile(string root, string path, string area)
    {
        var verifier = Areas.VerifierOf(area);
        var start = clock.GetTimestamp();
        var (agree, differ, notCovered) = (0, 0, 0);
        var behaviours = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var differences = ImmutableArray.CreateBuilder<CaseDifference>();
        foreach (var line in CaseLines.Read(Path.Combine(root, path)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            status.Show(() => $"{path}: {line.Number} cases");
            var (id, outcome) = VerifyLine(verifier, Path.GetFileName(path), line);
            switch (outcome)
            {
                case CaseOutcome.Agree:
                    agree++;
                    break;
                case CaseOutcome.Differ difference:
                    differ++;
                    if (differences.Count < DifferencesKept)
                    {
                        differences.Add(new(line.Number, id, difference.Details));
                    }

                    break;
                case CaseOutcome.NotCovered open:
                    notCovered++;
                    foreach (var name in open.Behaviours)
                    {
                        behaviours[name] = behaviours.GetValueOrDefault(name) + 1;
                    }

                    break;
                default:
                    throw new UnreachableException();
            }
        }

        return new(
            path.Replace(Path.DirectorySeparatorChar, '/'),
            area,
            agree,
            differ,
            notCovered,
            [.. behaviours.Select(static pair => new BehaviourCount(pair.Key, pair.Value))],
            differences.ToImmutable(),
            clock.GetElapsedTime(start));
    }

    private static (string Id, CaseOutcome Outcome) VerifyLine(IAreaVerifier verifier, string fileName, CaseLine line)
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
            return (id, verifier.Verify(fileName, document.RootElement));
        }
        catch (Exception exception) when (
            exception is JsonException or FormatException or ArgumentException or KeyNotFoundException or InvalidOperationException)
        {
            return (id, new CaseOutcome.Differ([$"the case cannot be read: {exception.Message}"]));
        }
    }
}
