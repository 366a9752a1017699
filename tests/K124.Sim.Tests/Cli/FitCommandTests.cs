using System.Text.Json;

namespace K124.Sim.Tests.Cli;

public sealed class FitCommandTests : IDisposable
{
    private readonly CliHarness _files = new();
    private readonly string _nodes;
    private readonly string _pod;

    public FitCommandTests()
    {
        _nodes = _files.Write("nodes.yaml", CliHarness.Nodes);
        _pod = _files.Write("pod.yaml", CliHarness.Pod("web", "500m"));
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Replicas_and_what_stops_the_next_one_are_told()
    {
        var run = CliHarness.Run("fit", "--cluster", _nodes, "--pod", _pod);

        Assert.Equal(0, run.Code);
        Assert.StartsWith("6 replicas of shop/web fit.\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("0/3 nodes are available: ", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n')[3..], static line => Assert.True(line.Length <= 100, line));
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public void Document_has_its_members_in_order()
    {
        var run = CliHarness.Run("fit", "--cluster", _nodes, "--pod", _pod, "--release", "1.24.3", "-o", "json");

        var json = run.Json();
        Assert.Equal(
            ["apiVersion", "kind", "release", "pod", "replicas", "nodes", "next", "utilization", "notices", "ignored"],
            json.EnumerateObject().Select(static member => member.Name));
        Assert.Equal("k124.sim/v1", json.GetProperty("apiVersion").GetString());
        Assert.Equal("FitPlan", json.GetProperty("kind").GetString());
        Assert.Equal("1.24.3", json.GetProperty("release").GetString());
        Assert.Equal(6, json.GetProperty("replicas").GetInt32());
        Assert.Equal("""[{"node":"node-a","replicas":4},{"node":"node-b","replicas":2}]""", JsonSerializer.Serialize(json.GetProperty("nodes")));
        Assert.StartsWith("0/3 nodes", json.GetProperty("next").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains(
            json.GetProperty("utilization").EnumerateArray(),
            static node => node.GetProperty("node").GetString() == "node-a" && node.TryGetProperty("cpuMilli", out _) && node.TryGetProperty("memoryBytes", out _));
    }

    [Theory]
    [InlineData("6", 0)]
    [InlineData("5", 0)]
    [InlineData("7", 1)]
    public void Exit_code_tells_whether_the_asked_for_number_fits(string max, int code)
    {
        Assert.Equal(code, CliHarness.Run("fit", "--cluster", _nodes, "--pod", _pod, "--max", max).Code);
    }

    [Fact]
    public void Nothing_fitting_is_a_negative_answer()
    {
        var run = CliHarness.Run("fit", "--cluster", _nodes, "--pod", _files.Write("big.yaml", CliHarness.Pod("big", "64")));

        Assert.Equal(1, run.Code);
        Assert.StartsWith("0 replicas of shop/big fit.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_loading_name_file_object_and_path()
    {
        var bad = _files.Write("bad.yaml", CliHarness.Nodes.Replace("cpu: \"2\"", "cpu: \"2 cores\"", StringComparison.Ordinal));

        var run = CliHarness.Run("fit", "--cluster", bad, "--pod", _pod);

        Assert.Equal((2, ""), (run.Code, run.Output));
        var line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith(bad + ":", line, StringComparison.Ordinal);
        Assert.Contains("Node node-a: status.allocatable", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_file_is_bad_input()
    {
        var run = CliHarness.Run("fit", "--cluster", Path.Combine(_files.Folder, "absent.json"), "--pod", _pod);

        Assert.Equal(2, run.Code);
        Assert.Contains("absent.json", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Pod_file_must_hold_what_makes_pods()
    {
        var run = CliHarness.Run("fit", "--cluster", _nodes, "--pod", _nodes);

        Assert.Equal(2, run.Code);
        Assert.Contains("pods, or workloads that make pods, are needed; found Node node-a, Node node-b, Node node-c", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_kinds_are_named_on_standard_error()
    {
        var extra = _files.Write("extra.yaml", "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: x, namespace: shop}\n");

        var run = CliHarness.Run("fit", "--cluster", _nodes, extra, "--pod", _pod, "-o", "json");

        Assert.Contains("ignored: 1 example.com/v1 Widget\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            """[{"apiVersion":"example.com/v1","kind":"Widget","objects":1}]""", JsonSerializer.Serialize(run.Json().GetProperty("ignored")));
    }

    [Fact]
    public void Of_many_nodes_only_the_fullest_and_emptiest_are_shown()
    {
        var many = string.Join("\n---\n", Enumerable.Range(0, 300).Select(static i =>
            $"apiVersion: v1\nkind: Node\nmetadata: {{name: n{i:000}}}\nstatus: {{allocatable: {{cpu: \"4\", memory: 8Gi, pods: \"110\"}}}}"));

        var run = CliHarness.Run("fit", "--cluster", _files.Write("many.yaml", many), "--pod", _pod, "--max", "600");

        Assert.True(run.Output.Split('\n').Length < 70, run.Output);
        Assert.Contains("10 fullest and 5 emptiest of 300 nodes; -o json has them all.", run.Output, StringComparison.Ordinal);
    }
}
