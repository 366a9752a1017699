using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using K124.Sim.Cli.Output;
using K124.Sim.Cli.Output.Planning;
using K124.Sim.Planning;
using K124.Sim.Planning.Shrinking;
using K124.Sim.Reports;
using K124.Sim.Scheduling;

namespace K124.Sim.Cli.Commands.Planning;

/// <summary><c>k124 shrink</c>: which nodes can go.</summary>
internal sealed class ShrinkCommand : PlanCommand<ShrinkRequest, ShrinkPlan>
{
    private readonly NodeChoice _nodes = new();

    private readonly Option<int?> _max = new("--max")
    {
        Description = "Stop when this many nodes have gone.",
        HelpName = "N",
    };

    private readonly Option<bool> _force = new("--force")
    {
        Description = "Let nodes go although pods that no controller makes anew are lost.",
    };

    public ShrinkCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            terminal,
            "shrink",
            "Which nodes can go, in which order, and what holds the others: each is drained as budgets allow, and goes if all its pods find another place.",
            [
                "k124 shrink --cluster cluster.json",
                "k124 shrink --cluster cluster.json --selector pool=old --max 3",
            ],
            cancellationToken)
    {
        AddOptions([.. _nodes.Options, _max, _force]);
    }

    protected override ShrinkRequest? Read(ParseResult parse, Inputs inputs, Cluster cluster) => _nodes.Read(parse, inputs, cluster) is { } nodes
        ? new() { Nodes = nodes, MostNodes = parse.GetValue(_max) ?? int.MaxValue, Force = parse.GetValue(_force) }
        : null;

    protected override ShrinkPlan Answer(ShrinkRequest question, Cluster cluster, SchedulerOptions options, StatusLine status) =>
        new CapacityPlanner(cluster, new() { Scheduler = options }).Shrink(question, status.Progress<PlanProgress>(static progress => $"drained: {Amounts.Count(progress.Decided, "node")}"), CancellationToken);

    protected override ImmutableArray<string> NoticesOf(ShrinkPlan answer) => answer.Notices;

    protected override JsonObject DocumentOf(ShrinkPlan answer, KubernetesRelease release, Inputs inputs) => PlanDocuments.Of(answer, release, inputs.Ignored);

    protected override void WriteTables(ShrinkPlan answer) => PlanTables.Write(Terminal, answer);

    protected override Report ReportOf(ShrinkPlan answer, JsonObject document) => PlanReports.Of(answer, document);

    protected override bool IsYes(ShrinkPlan answer) => answer.Steps.Length > 0;
}
