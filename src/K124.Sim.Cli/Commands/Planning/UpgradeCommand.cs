using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using K124.Sim.Cli.Output;
using K124.Sim.Cli.Output.Planning;
using K124.Sim.Planning;
using K124.Sim.Planning.Upgrading;
using K124.Sim.Reports;
using K124.Sim.Scheduling;

namespace K124.Sim.Cli.Commands.Planning;

/// <summary><c>k124 upgrade</c>: nodes replaced one after the other.</summary>
internal sealed class UpgradeCommand : PlanCommand<UpgradeRequest, UpgradePlan>
{
    private readonly NodeChoice _nodes = new();
    private readonly Option<int> _surge = new("--max-surge") { Description = "Nodes beyond those of today at a time: the new one comes before the old one is drained.", HelpName = "N", DefaultValueFactory = static _ => 1 };
    private readonly Option<int> _unavailable = new("--max-unavailable") { Description = "Nodes fewer than today at a time: the old one goes first.", HelpName = "N", DefaultValueFactory = static _ => 0 };
    private readonly Option<int> _nodeStart = new("--node-start") { Description = "Seconds until a new node is ready.", HelpName = "SECONDS", DefaultValueFactory = static _ => 120 };
    private readonly Option<int> _podStart = new("--pod-start") { Description = "Seconds until a pod on a node is ready.", HelpName = "SECONDS", DefaultValueFactory = static _ => 20 };
    private readonly Option<int> _podStop = new("--pod-stop") { Description = "Seconds until an evicted pod has ended.", HelpName = "SECONDS", DefaultValueFactory = static _ => 30 };
    private readonly Option<int> _timeout = new("--drain-timeout") { Description = "Seconds after which a drain that cannot end is given up.", HelpName = "SECONDS", DefaultValueFactory = static _ => 3600 };
    private readonly Option<bool> _force = new("--force") { Description = "Drain nodes although pods that no controller makes anew are lost." };

    public UpgradeCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            terminal,
            "upgrade",
            "How a rolling replacement of nodes goes on virtual time: how long it takes, what budgets hold up, what blocks it.",
            [
                "k124 upgrade --cluster cluster.json --max-surge 2",
                "k124 upgrade --cluster cluster.json --selector pool=old --max-surge 0 --max-unavailable 1",
            ],
            cancellationToken)
    {
        AddOptions([.. _nodes.Options, _surge, _unavailable, _nodeStart, _podStart, _podStop, _timeout, _force]);
    }

    protected override UpgradeRequest? Read(ParseResult parse, Inputs inputs, Cluster cluster) => _nodes.Read(parse, inputs, cluster) is { } nodes
        ? new()
        {
            Nodes = nodes,
            MaxSurge = parse.GetValue(_surge),
            MaxUnavailable = parse.GetValue(_unavailable),
            NodeStart = TimeSpan.FromSeconds(parse.GetValue(_nodeStart)),
            PodStart = TimeSpan.FromSeconds(parse.GetValue(_podStart)),
            PodStop = TimeSpan.FromSeconds(parse.GetValue(_podStop)),
            DrainTimeout = TimeSpan.FromSeconds(parse.GetValue(_timeout)),
            Force = parse.GetValue(_force),
        }
        : null;

    protected override UpgradePlan Answer(UpgradeRequest question, Cluster cluster, SchedulerOptions options, StatusLine status) =>
        new CapacityPlanner(cluster, new() { Scheduler = options }).Upgrade(question, CancellationToken);

    protected override ImmutableArray<string> NoticesOf(UpgradePlan answer) => answer.Notices;

    protected override JsonObject DocumentOf(UpgradePlan answer, KubernetesRelease release, Inputs inputs) => PlanDocuments.Of(answer, release, inputs.Ignored);

    protected override void WriteTables(UpgradePlan answer) => PlanTables.Write(Terminal, answer);

    protected override Report ReportOf(UpgradePlan answer, JsonObject document) => PlanReports.Of(answer, document);

    protected override bool IsYes(UpgradePlan answer) => answer.Succeeds;
}
