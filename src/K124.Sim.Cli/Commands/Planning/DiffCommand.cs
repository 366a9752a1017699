using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Cli.Output.Planning;
using K124.Sim.Planning.Changes;
using K124.Sim.Reports;

namespace K124.Sim.Cli.Commands.Planning;

/// <summary><c>k124 diff</c>: the difference between two saved answers, pod by pod.</summary>
internal sealed class DiffCommand : ExampleCommand
{
    private readonly Argument<string> _before = new Argument<string>("BEFORE") { Description = "Document of place, whatif or grow, as -o json writes it." }.RefusingOptions();
    private readonly Argument<string> _after = new Argument<string>("AFTER") { Description = "Another one." }.RefusingOptions();
    private readonly OutputOption _output = OutputOption.WithReport();
    private readonly Terminal _terminal;

    public DiffCommand(Terminal terminal)
        : base(
            "diff",
            "What tells two saved answers apart, pod by pod.",
            ["k124 place --cluster cluster.json --workload shop/ -o json > before.json", "k124 diff before.json after.json"])
    {
        _terminal = terminal;
        Add(_before);
        Add(_after);
        Add(_output.Option);
        SetAction(Execute);
    }

    private int Execute(ParseResult parse)
    {
        if (Read(parse.GetRequiredValue(_before)) is not { } before || Read(parse.GetRequiredValue(_after)) is not { } after)
        {
            return ExitCode.BadInput;
        }

        var difference = PlacementDifference.Between(before, after);
        var document = Doc.Of("PlacementDifference", KubernetesRelease.Newest, ("difference", PlanDocuments.Of(difference)));
        if (_output.IsHtml(parse))
        {
            _terminal.Output.Write(PlanReports.Of(difference, document).ToHtml());
        }
        else if (_output.IsJson(parse))
        {
            _terminal.Output.WriteLine(Doc.Text(document));
        }
        else
        {
            PlanTables.Write(_terminal, difference);
        }

        return difference.Changes.IsEmpty ? ExitCode.Done : ExitCode.Negative;
    }

    private ImmutableArray<PlacedPod>? Read(string path)
    {
        try
        {
            var document = JsonNode.Parse(File.ReadAllText(path));
            var pods = document?["pods"] as JsonArray ?? document?["answers"]?[0]?["cheapest"]?["pods"] as JsonArray;
            if (pods is not null)
            {
                return [.. pods.Select(static pod => Of(pod!))];
            }

            _terminal.Error.WriteLine($"{path}: pods: there are none in the document");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or NullReferenceException)
        {
            _terminal.Error.WriteLine($"{path}: {exception.Message}");
        }

        return null;
    }

    private static PlacedPod Of(JsonNode pod) => new(
        new((string)pod["namespace"]!, (string)pod["name"]!), (string?)pod["node"], (string?)pod["message"] ?? (string?)pod["failure"]?["message"] ?? "");
}
