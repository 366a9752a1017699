using System.Text.Json.Nodes;

namespace K124.Sim.Tests.Cli;

public sealed class VerifyCommandTests : IDisposable
{
    private const string JobsCase = """{"id":"job-1"}""";

    /// <summary>A recorded case that agrees.</summary>
    private static readonly string Agreeing = RecordedCase();
    private readonly CliHarness _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("scheduler/edge.jsonl")]
    [InlineData("scheduler/deep/down/edge-2.jsonl.gz")]
    public void Agreeing_cases_are_done(string file)
    {
        _files.Write(file, Agreeing + "\n\n" + Agreeing + "\n");

        var run = CliHarness.Run("verify", _files.Folder);

        Assert.Equal(0, run.Code);
        Assert.Contains(file, run.Output, StringComparison.Ordinal);
        Assert.Contains("2 cases: 2 agree, 0 differ, 0 not covered yet.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Area_may_be_the_name_of_the_directory_itself()
    {
        var file = _files.Write("scheduler/edge.jsonl", Agreeing);

        Assert.Equal(0, CliHarness.Run("verify", Path.GetDirectoryName(file)! + "/").Code);
    }

    [Fact]
    public void Changed_recording_differs_and_is_shown_in_full()
    {
        _files.Write("scheduler/edge.jsonl", Agreeing + "\n" + Tampered());

        var run = CliHarness.Run("verify", _files.Folder, "--allow-uncovered");

        Assert.Equal(1, run.Code);
        Assert.Contains("2 cases: 1 agree, 1 differ, 0 not covered yet.", run.Output, StringComparison.Ordinal);
        Assert.Contains("scheduler/edge.jsonl:2: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("nowhere", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"id":"x"}""")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":"x","id":"y"}""")]
    [InlineData("""{"id":"x","cluster":{},"pod":{},"expect":{},"unheardOf":1}""")]
    [InlineData("""{"id":"x","cluster":{"nodes":[{"metadata":{"name":"n"},"status":{"allocatable":{"cpu":"1 core"}}}]},"pod":{},"expect":{}}""")]
    [InlineData("""{"id":"x","kubernetes":"2.0","cluster":{},"pod":{},"expect":{}}""")]
    public void What_cannot_be_read_differs(string line)
    {
        _files.Write("scheduler/edge.jsonl", line);

        var run = CliHarness.Run("verify", _files.Folder, "--allow-uncovered", "-o", "json");

        Assert.Equal(1, run.Code);
        Assert.Equal(1, run.Json().GetProperty("differ").GetInt32());
    }

    [Fact]
    public void Broken_compression_and_text_that_is_not_utf8_differ()
    {
        var gzip = _files.Write("scheduler/edge.jsonl.gz", Agreeing);
        File.WriteAllBytes(gzip, File.ReadAllBytes(gzip)[..^30]);
        File.WriteAllBytes(Path.Combine(_files.Folder, "scheduler", "edge-b.jsonl"), [0x22, 0xff, 0x22]);

        var run = CliHarness.Run("verify", _files.Folder, "-o", "json");

        Assert.Equal(1, run.Code);
        Assert.Equal([1, 1], run.Json().GetProperty("files").EnumerateArray().Select(static file => file.GetProperty("differ").GetInt32()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0, "--allow-uncovered")]
    public void Cases_of_a_file_that_the_area_does_not_know_are_not_covered(int code, params string[] options)
    {
        _files.Write("storage/a.jsonl", JobsCase + "\n" + JobsCase);
        _files.Write("scheduler/edge.jsonl", Agreeing);

        var run = CliHarness.Run(["verify", _files.Folder, "-o", "json", .. options]);

        Assert.Equal(code, run.Code);
        Assert.Equal(2, run.Json().GetProperty("notCovered").GetInt32());
        var file = run.Json().GetProperty("files").EnumerateArray().Last();
        Assert.Equal("cases of a.jsonl", file.GetProperty("notCoveredBehaviours")[0].GetProperty("name").GetString());
        Assert.Equal(2, file.GetProperty("notCoveredBehaviours")[0].GetProperty("cases").GetInt32());
    }

    [Fact]
    public void Only_the_first_differences_are_shown_and_the_rest_counted()
    {
        _files.Write("scheduler/edge.jsonl", string.Concat(Enumerable.Repeat("{}\n", 25)));

        var run = CliHarness.Run("verify", _files.Folder);

        Assert.Contains("scheduler/edge.jsonl:10: ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("scheduler/edge.jsonl:11: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("and 15 more cases that differ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absent", null)]
    [InlineData(".", null)]
    [InlineData(".", "scheduler/edge.jsonl")]
    [InlineData(".", "elsewhere/b.jsonl")]
    public void Directory_without_recorded_cases_is_bad_input(string directory, string? file)
    {
        if (file is not null)
        {
            _files.Write(file, file.StartsWith("scheduler", StringComparison.Ordinal) ? "\n" : Agreeing);
        }

        var run = CliHarness.Run("verify", Path.Combine(_files.Folder, directory), "--allow-uncovered");

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
    }

    private static string RecordedCase() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "vectors", "scheduler", "edge.jsonl"))
            .Single(static line => line.Contains("\"edge-single-feasible\"", StringComparison.Ordinal));

    /// <summary>The same case with a node renamed in what is expected.</summary>
    private static string Tampered()
    {
        var testCase = JsonNode.Parse(Agreeing)!;
        var expected = testCase["expect"]!.ToJsonString();
        var name = testCase["cluster"]!["nodes"]![0]!["metadata"]!["name"]!.GetValue<string>();
        testCase["expect"] = JsonNode.Parse(expected.Replace($"\"{name}\"", "\"nowhere\"", StringComparison.Ordinal));
        return testCase.ToJsonString();
    }
}
