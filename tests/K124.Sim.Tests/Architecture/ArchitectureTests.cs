namespace K124.Sim.Tests.Architecture;

/// <summary>The folders of <c>src</c> know each other in one direction only.</summary>
public class ArchitectureTests
{
    private static readonly SourceFile[] Files = [.. ReadFiles()];

    /// <summary>Uses against the order that stand for now: file, namespace used, why.</summary>
    private static readonly (string File, string Used, string Reason)[] Exceptions =
    [
        ("K124.Sim/Cluster.cs", "K124.Sim.Model", "a frozen set of the model's objects that everybody names, so it has no folder"),
        ("K124.Sim.Cli/Commands/ExplainCommand.cs", "K124.Sim.Planning.Internal", "a pod is admitted as the planner admits it, which has no public door yet"),
    ];

    [Fact]
    public void Folders_use_only_what_stands_before_them()
    {
        var problems = Problems(Files).Where(static problem => !Exceptions.Any(exception => problem.File == exception.File && problem.Used == exception.Used));
        Assert.Empty(problems.Select(static problem => $"{problem.File}: {problem.Text}"));
    }

    [Fact]
    public void Every_exception_is_needed()
    {
        var problems = Problems(Files).Select(static problem => (problem.File, problem.Used)).ToHashSet();
        Assert.DoesNotContain(Exceptions, exception => !problems.Contains((exception.File, exception.Used)));
        Assert.DoesNotContain(Exceptions, static exception => exception.Reason.Length == 0);
    }

    /// <summary>The model's kinds lie in folders by API group, and are one namespace.</summary>
    [Fact]
    public void Namespaces_follow_folders() => Assert.Empty(
        from file in Files
        where file.Namespace.Length > 0 && file.Namespace != file.NamespaceOfFolder
        where !(file.Namespace == "K124.Sim.Model" && file.NamespaceOfFolder.StartsWith("K124.Sim.Model.", StringComparison.Ordinal))
        select $"{file.Path}: {file.Namespace}");

    [Theory]
    [InlineData("K124.Sim/Model/A.cs", "using K124.Sim.Scheduling;", "K124.Sim.Model -> K124.Sim.Scheduling")]
    [InlineData("K124.Sim/Batch/A.cs", "using K124.Sim.Storage;", "K124.Sim.Batch -> K124.Sim.Storage")]
    [InlineData("K124.Sim/Storage/A.cs", "using K124.Sim.Scheduling;", "K124.Sim.Storage -> K124.Sim.Scheduling")]
    [InlineData("K124.Sim/Planning/A.cs", "using K124.Sim.Storage.Internal;", "K124.Sim.Planning -> K124.Sim.Storage.Internal: only K124.Sim.Storage may use it")]
    [InlineData("K124.Sim.Cli/A.cs", "using static K124.Sim.Storage.Internal.Planted;", "K124.Sim.Cli -> K124.Sim.Storage.Internal: only K124.Sim.Storage may use it")]
    [InlineData("K124.Sim.Cli/A.cs", "using Short = K124.Sim.Storage.Internal.Planted;", "K124.Sim.Cli -> K124.Sim.Storage.Internal: only K124.Sim.Storage may use it")]
    [InlineData("K124.Sim/Storage/Binding/A.cs", "using K124.Sim.Storage.Internal;", null)]
    [InlineData("K124.Sim/Scheduling/A.cs", "using K124.Sim.Storage;", null)]
    [InlineData("K124.Sim/Attic/A.cs", "using K124.Sim.Model;", "K124.Sim.Attic -> K124.Sim.Model: 'Attic' has no place in the order of folders")]
    public void Planted_using_is_found(string path, string line, string? problem) =>
        Assert.Equal(problem, ProblemOfPlanted(path, line, "internal sealed class A;"));

    [Theory]
    [InlineData("K124.Sim/Model/A.cs", "var planted = new K124.Sim.Scheduling.Planted();", "K124.Sim.Model -> K124.Sim.Scheduling")]
    [InlineData("K124.Sim/Model/A.cs", "var planted = new Scheduling.Planted();", "K124.Sim.Model -> K124.Sim.Scheduling")]
    [InlineData("K124.Sim/Storage/Volumes/A.cs", "var planted = Scheduling.Planted.Make();", "K124.Sim.Storage.Volumes -> K124.Sim.Scheduling")]
    [InlineData("K124.Sim/Planning/A.cs", "var planted = Storage.Internal.Planted.Make();", "K124.Sim.Planning -> K124.Sim.Storage.Internal: only K124.Sim.Storage may use it")]
    [InlineData("K124.Sim/Storage/Volumes/A.cs", "var planted = Internal.Planted.Make();", null)]
    [InlineData("K124.Sim/Model/A.cs", "var ours = Scheduling.Other();", null)]
    [InlineData("K124.Sim/Model/A.cs", "// as Scheduling.Planted does", null)]
    [InlineData("K124.Sim/Model/A.cs", "var text = \"Scheduling.Planted\";", null)]
    public void Planted_qualified_name_is_found(string path, string line, string? problem) =>
        Assert.Equal(problem, ProblemOfPlanted(path, "", $"internal sealed class A {{ void Run() {{ {line}\n }} }}"));

    private static string? ProblemOfPlanted(string path, string usingLine, string body)
    {
        var ns = Path.GetDirectoryName(path)!.Replace('/', '.');
        SourceFile[] files =
        [
            new(path, $"{usingLine}\n\nnamespace {ns};\n\n{body}\n"),
            new("K124.Sim/Scheduling/Planted.cs", "namespace K124.Sim.Scheduling;\n\ninternal sealed class Planted;\n"),
            new("K124.Sim/Storage/Internal/Planted.cs", "namespace K124.Sim.Storage.Internal;\n\ninternal sealed class Planted;\n"),
        ];
        return Problems(files).Select(static problem => problem.Text).SingleOrDefault();
    }

    private static IEnumerable<(string File, string Used, string Text)> Problems(SourceFile[] files)
    {
        var types = files.SelectMany(static file => file.Types.Select(type => (file.Namespace, type))).ToLookup(static pair => pair.Namespace, static pair => pair.type);
        return from file in files
               where file.Namespace.Length > 0
               from used in file.NamespacesUsed(types)
               let problem = Arrows.Problem(file.Namespace, used)
               where problem is not null
               select (file.Path, used, problem);
    }

    private static IEnumerable<SourceFile> ReadFiles()
    {
        var src = Path.Combine(Repository.Root, "src");
        return from path in Directory.EnumerateFiles(src, "*.cs", SearchOption.AllDirectories)
               let relative = Path.GetRelativePath(src, path).Replace(Path.DirectorySeparatorChar, '/')
               where !relative.Contains("/obj/", StringComparison.Ordinal) && !relative.Contains("/bin/", StringComparison.Ordinal)
               select new SourceFile(relative, File.ReadAllText(path));
    }
}
