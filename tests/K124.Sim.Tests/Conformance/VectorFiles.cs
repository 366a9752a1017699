using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using K124.Sim.Conformance;

namespace K124.Sim.Tests.Conformance;

/// <summary>The recorded cases that stand in the project, one line a case.</summary>
internal static class VectorFiles
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "vectors");
    private static readonly ConcurrentDictionary<string, CompanionFiles> CompanionsByFolder = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string[]> LinesByFile = new(StringComparer.Ordinal);

    /// <summary>Every case of an area as (file, line number, id).</summary>
    public static IEnumerable<object[]> Cases(string area)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, area), "*.jsonl*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var line = 0;
            foreach (var text in Lines(file))
            {
                line++;
                using var document = JsonDocument.Parse(text);
                yield return [Path.GetRelativePath(Root, file), line, document.RootElement.GetProperty("id").GetString()!];
            }
        }
    }

    /// <summary>Every line of an area with the name of its file.</summary>
    public static IEnumerable<(string File, string Text)> All(string area) =>
        Directory.EnumerateFiles(Path.Combine(Root, area), "*.jsonl*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .SelectMany(file => Lines(file).Select(text => (Path.GetFileName(file), text)));

    /// <summary>Runs one case of an area and fails the test with the differences unless it agrees.</summary>
    public static void AssertAgrees(string area, string file, int line, string id) =>
        AssertAgrees(testCase => Areas.Find(area)!.Verify(testCase), file, line, id);

    /// <summary>Runs one case and fails the test with the differences unless it agrees.</summary>
    public static void AssertAgrees(Func<RecordedCase, CaseOutcome> verify, string file, int line, string id)
    {
        var path = Path.Combine(Root, file);
        using var document = JsonDocument.Parse(Lines(path)[line - 1]);
        Assert.Equal(id, document.RootElement.GetProperty("id").GetString());
        var companions = CompanionsByFolder.GetOrAdd(Path.GetDirectoryName(path)!, static folder => new(folder));
        switch (verify(new(new(Path.GetFileName(path), companions), id, document.RootElement)))
        {
            case CaseOutcome.Differ differ:
                Assert.Fail(string.Join(Environment.NewLine, differ.Details));
                break;
            case CaseOutcome.NotCovered notCovered:
                Assert.Fail($"not covered: {string.Join(", ", notCovered.Behaviours)}");
                break;
        }
    }

    private static string[] Lines(string path) => LinesByFile.GetOrAdd(path, static path => [.. ReadLines(path)]);

    private static IEnumerable<string> ReadLines(string path)
    {
        using Stream file = File.OpenRead(path);
        using var content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content);
        while (reader.ReadLine() is { } text)
        {
            if (text.Length > 0)
            {
                yield return text;
            }
        }
    }
}
