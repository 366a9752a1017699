namespace K124.Sim.Tests.Cli;

public sealed class UsageTests : IDisposable
{
    private readonly CliHarness _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("--nope")]
    [InlineData("nope")]
    [InlineData("fit", "--cluster", "x", "--nope", "--pod", "y")]
    [InlineData("fit", "--cluster", "x", "--pod", "--nope")]
    [InlineData("fit", "--cluster", "x", "--pod", "y", "z")]
    [InlineData("place", "--cluster", "x", "--workload", "y", "--nope")]
    [InlineData("verify", "--nope")]
    [InlineData("verify", "x", "--nope")]
    [InlineData("verify", "x", "y")]
    public void Unknown_words_are_refused_with_usage_error(params string[] args)
    {
        var run = CliHarness.Run(args);

        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.Contains(args.Contains("--nope") ? "--nope" : args[^1], run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Usage:")]
    [InlineData("forecast", "job")]
    [InlineData("apply", "serviceip")]
    public void A_group_of_commands_alone_shows_its_help(string expected, params string[] args)
    {
        var run = CliHarness.Run(args);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--max: 'abc' is not a number from 1 on.", "fit", "--cluster", "x", "--pod", "y", "--max", "abc")]
    [InlineData("--seed: 'abc' is not a whole number.", "fit", "--cluster", "x", "--pod", "y", "--tie-break", "seeded", "--seed", "abc")]
    public void A_value_that_cannot_be_read_is_told_in_plain_words(string expected, params string[] args)
    {
        var run = CliHarness.Run(args);
        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fit", "--pod", "y")]
    [InlineData("fit", "--cluster", "x")]
    [InlineData("place", "--cluster", "x")]
    [InlineData("verify")]
    public void What_is_required_must_be_given(params string[] args)
    {
        var run = CliHarness.Run(args);

        Assert.Equal(2, run.Code);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--release", "1.24.18")]
    [InlineData("--release", "1.25.0")]
    [InlineData("--percentage-of-nodes-to-score", "101")]
    [InlineData("--percentage-of-nodes-to-score", "-1")]
    [InlineData("--tie-break", "random")]
    [InlineData("--seed", "3")]
    [InlineData("--max", "0")]
    [InlineData("--max", "many")]
    [InlineData("-o", "xml")]
    public void Bad_values_are_refused(string option, string value)
    {
        var run = CliHarness.Run(
            "fit", "--cluster", _files.Write("nodes.yaml", CliHarness.Nodes), "--pod", _files.Write("pod.yaml", CliHarness.Pod("web", "1")), option, value);

        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.NotEmpty(run.Error);
    }

    [Theory]
    [InlineData("fit")]
    [InlineData("place")]
    [InlineData("verify")]
    public void Help_shows_examples_and_exit_codes(string command)
    {
        var run = CliHarness.Run(command, "--help");

        Assert.Equal(0, run.Code);
        Assert.Contains($"  k124 {command} ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), static line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public void Cancelling_ends_with_130()
    {
        var run = CliHarness.Run(
            new CancellationToken(canceled: true),
            "fit", "--cluster", _files.Write("nodes.yaml", CliHarness.Nodes), "--pod", _files.Write("pod.yaml", CliHarness.Pod("web", "1")));

        Assert.Equal((130, "", "cancelled\n"), (run.Code, run.Output, run.Error));
    }
}
