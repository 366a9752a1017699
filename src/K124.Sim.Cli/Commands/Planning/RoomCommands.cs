using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using K124.Sim.Cli.Output;
using K124.Sim.Cli.Output.Planning;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Planning.Room;
using K124.Sim.Reports;
using K124.Sim.Scheduling;

namespace K124.Sim.Cli.Commands.Planning;

/// <summary><c>k124 headroom</c>: how many more fit, and what binds.</summary>
internal sealed class HeadroomCommand : PlanCommand<HeadroomCommand.Question, HeadroomPlan>
{
    private readonly Option<string> _pod = new Option<string>("--pod")
    {
        Description = "File with Pods or workloads, each of which is counted for itself; - is standard input.",
        HelpName = "FILE",
        Required = true,
    }.RefusingOptions();

    public HeadroomCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            terminal,
            "headroom",
            "How many further units of each shape fit, by class of nodes, and which resource stops the next one by how much.",
            ["k124 headroom --cluster cluster.json --pod shapes.yaml"],
            cancellationToken)
    {
        AddOptions(_pod);
    }

    protected override Question? Read(ParseResult parse, Inputs inputs, Cluster cluster) =>
        inputs.ReadReplicated(parse.GetRequiredValue(_pod)) is { } shapes ? new(shapes) : null;

    protected override HeadroomPlan Answer(Question question, Cluster cluster, SchedulerOptions options, StatusLine status) =>
        new CapacityPlanner(cluster, new() { Scheduler = options }).Headroom(question.Shapes, CancellationToken);

    protected override ImmutableArray<string> NoticesOf(HeadroomPlan answer) => answer.Notices;

    protected override JsonObject DocumentOf(HeadroomPlan answer, KubernetesRelease release, Inputs inputs) => PlanDocuments.Of(answer, release, inputs.Ignored);

    protected override void WriteTables(HeadroomPlan answer) => PlanTables.Write(Terminal, answer);

    protected override Report ReportOf(HeadroomPlan answer, JsonObject document) => PlanReports.Of(answer, document);

    protected override bool IsYes(HeadroomPlan answer) => answer.Shapes.All(static shape => shape.Units > 0);

    /// <summary>What to count.</summary>
    internal sealed record Question(ImmutableArray<IApiObject> Shapes);
}

/// <summary><c>k124 fragmentation</c>: where capacity is stranded.</summary>
internal sealed class FragmentationCommand : PlanCommand<FragmentationCommand.Question, FragmentationPlan>
{
    private readonly Option<string?> _pod = new Option<string?>("--pod")
    {
        Description = "File with Pods or workloads that could use the room; the pending pods of the cluster without it.",
        HelpName = "FILE",
    }.RefusingOptions();

    public FragmentationCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            terminal,
            "fragmentation",
            "Free amounts that no waiting pod can use, by class of nodes.",
            ["k124 fragmentation --cluster cluster.json", "k124 fragmentation --cluster cluster.json --pod shapes.yaml"],
            cancellationToken)
    {
        AddOptions(_pod);
    }

    protected override Question? Read(ParseResult parse, Inputs inputs, Cluster cluster) => parse.GetValue(_pod) is not { } path
        ? new([])
        : inputs.ReadReplicated(path) is { } shapes ? new(shapes) : null;

    protected override FragmentationPlan Answer(Question question, Cluster cluster, SchedulerOptions options, StatusLine status) =>
        new CapacityPlanner(cluster, new() { Scheduler = options }).Fragmentation(question.Shapes, CancellationToken);

    protected override ImmutableArray<string> NoticesOf(FragmentationPlan answer) => answer.Notices;

    protected override JsonObject DocumentOf(FragmentationPlan answer, KubernetesRelease release, Inputs inputs) => PlanDocuments.Of(answer, release, inputs.Ignored);

    protected override void WriteTables(FragmentationPlan answer) => PlanTables.Write(Terminal, answer);

    protected override Report ReportOf(FragmentationPlan answer, JsonObject document) => PlanReports.Of(answer, document);

    protected override bool IsYes(FragmentationPlan answer) => true;

    /// <summary>Who could use the room.</summary>
    internal sealed record Question(ImmutableArray<IApiObject> Shapes);
}
