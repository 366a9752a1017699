namespace K124.Sim.Tests.Architecture;

/// <summary>Usings stand in one order everywhere: System first, then by name; static ones and aliases behind.</summary>
public class UsingOrderTests
{
    private static readonly string[] Folders = ["src", "tests", "samples", "benchmarks"];

    [Fact]
    public void Usings_are_in_order()
    {
        string[] misplaced = [.. SourceFiles().SelectMany(static path => Misplaced(File.ReadLines(path)).Select(line => $"{Path.GetRelativePath(Repository.Root, path)}: {line}"))];

        Assert.True(misplaced.Length == 0, string.Join('\n', misplaced));
    }

    [Theory]
    [InlineData("using K124.Sim.Api;", "using System.Text;")]
    [InlineData("using K124.Sim.Model;", "using K124.Sim.Api;")]
    [InlineData("using static System.Math;", "using Xunit;")]
    [InlineData("using Short = System.Text;", "using static System.Math;")]
    public void Planted_disorder_is_found(string first, string second)
    {
        Assert.Equal([first, second], Misplaced([first, second, "", "namespace A;"]));
        Assert.Empty(Misplaced([second, first, "", "namespace A;"]));
    }

    /// <summary>The usings at the top of a file that stand elsewhere than they should.</summary>
    private static IEnumerable<string> Misplaced(IEnumerable<string> lines)
    {
        string[] usings = [.. lines.TakeWhile(static line => !line.StartsWith("namespace ", StringComparison.Ordinal)).Where(static line => line.StartsWith("using ", StringComparison.Ordinal))];
        var inOrder = usings.OrderBy(FormOf).ThenBy(static line => !IsSystem(NameOf(line))).ThenBy(NameOf, StringComparer.OrdinalIgnoreCase);
        return usings.Zip(inOrder).Where(static pair => pair.First != pair.Second).Select(static pair => pair.First);
    }

    private static int FormOf(string line) => line.Contains('=', StringComparison.Ordinal) ? 2 : line.StartsWith("using static ", StringComparison.Ordinal) ? 1 : 0;

    private static string NameOf(string line) => line[(FormOf(line) == 1 ? "using static ".Length : "using ".Length)..].TrimEnd(';');

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);

    private static IEnumerable<string> SourceFiles() => Folders
        .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
}
