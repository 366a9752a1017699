using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using K124.Sim.Cli.Output;
using K124.Sim.Cli.Output.Planning;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Planning.Failures;
using K124.Sim.Reports;
using K124.Sim.Scheduling;

namespace K124.Sim.Cli.Commands.Planning;

/// <summary><c>k124 survive</c>: what breaks when nodes are lost.</summary>
internal sealed class SurviveCommand : PlanCommand<SurviveRequest, SurvivePlan>
{
    private const string Node = "node";
    private const string TwoNodes = "two-nodes";
    private const string Zone = "zone";

    private readonly NodeChoice _nodes = new();

    private readonly Option<string> _losing = new Option<string>("--losing")
    {
        Description = "What is lost at a time: any node, any two, any zone, or all nodes with one value of a label.",
        HelpName = $"{Node}|{TwoNodes}|{Zone}|LABEL",
        DefaultValueFactory = static _ => Node,
    }.RefusingOptions();

    private readonly Option<string?> _pod = new Option<string?>("--pod")
    {
        Description = "File with Pods whose further replicas are counted after each loss.",
        HelpName = "FILE",
    }.RefusingOptions();

    private readonly Option<bool> _stay = new("--unreachable")
    {
        Description = "Lost nodes stay in the cluster, out of reach, so that spread constraints still count them.",
    };

    private readonly Option<int> _max = new("--max-losses")
    {
        Description = "Go through this many losses at most.",
        HelpName = "N",
        DefaultValueFactory = static _ => 20_000,
    };

    public SurviveCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            terminal,
            "survive",
            "What happens when a node, two, a zone or another domain is lost: evicted, placed again, pending, broken budgets; the worst loss first, and the least room after any.",
            [
                "k124 survive --cluster cluster.json",
                "k124 survive --cluster cluster.json --losing zone --pod web.yaml",
                "k124 survive --cluster cluster.json --losing example.com/rack -o json",
            ],
            cancellationToken)
    {
        AddOptions([_losing, _pod, .. _nodes.Options, _stay, _max]);
    }

    protected override SurviveRequest? Read(ParseResult parse, Inputs inputs, Cluster cluster)
    {
        if (_nodes.Read(parse, inputs, cluster) is not { } nodes)
        {
            return null;
        }

        ImmutableArray<Pod> pods = [];
        if (parse.GetValue(_pod) is { } path)
        {
            if (inputs.ReadReplicated(path) is not { } read)
            {
                return null;
            }

            pods = [.. read.OfType<Pod>()];
        }

        var losing = parse.GetRequiredValue(_losing);
        return new()
        {
            Scope = losing switch { Node => FailureScope.Node, TwoNodes => FailureScope.TwoNodes, _ => FailureScope.Domain },
            DomainLabel = losing is Node or TwoNodes or Zone ? SurviveRequest.ZoneLabel : losing,
            Nodes = nodes,
            Shapes = pods,
            StayListed = parse.GetValue(_stay),
            MostFailures = parse.GetValue(_max),
        };
    }

    protected override SurvivePlan Answer(SurviveRequest question, Cluster cluster, SchedulerOptions options, StatusLine status) =>
        new CapacityPlanner(cluster, new() { Scheduler = options })
            .Survive(question, status.Progress<PlanProgress>(static progress => $"losses: {Amounts.Count(progress.Decided)} of {Amounts.Count(progress.Total ?? 0)}"), CancellationToken);

    protected override ImmutableArray<string> NoticesOf(SurvivePlan answer) => answer.Notices;

    protected override JsonObject DocumentOf(SurvivePlan answer, KubernetesRelease release, Inputs inputs) => PlanDocuments.Of(answer, release, inputs.Ignored);

    protected override void WriteTables(SurvivePlan answer) => PlanTables.Write(Terminal, answer);

    protected override Report ReportOf(SurvivePlan answer, JsonObject document) => PlanReports.Of(answer, document);

    protected override bool IsYes(SurvivePlan answer) => answer.SurvivesAll;
}
