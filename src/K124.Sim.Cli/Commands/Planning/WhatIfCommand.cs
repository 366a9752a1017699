using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using K124.Sim.Cli.Output;
using K124.Sim.Cli.Output.Planning;
using K124.Sim.Manifests;
using K124.Sim.Planning;
using K124.Sim.Planning.Changes;
using K124.Sim.Reports;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Cli.Commands.Planning;

/// <summary><c>k124 whatif</c>: the cluster as it is, and as it would be.</summary>
internal sealed class WhatIfCommand : PlanCommand<WhatIfCommand.Question, WhatIfPlan>
{
    private readonly Option<decimal> _requests = new("--requests") { Description = "Multiply requests of pods by this; pods whose requests change are placed anew.", HelpName = "FACTOR", DefaultValueFactory = static _ => 1 };
    private readonly Option<string?> _resource = new Option<string?>("--resource") { Description = "Multiply requests of this resource only, cpu for instance.", HelpName = "NAME" }.RefusingOptions();
    private readonly Option<decimal> _replicas = new("--replicas") { Description = "Multiply the numbers of pods of controllers by this.", HelpName = "FACTOR", DefaultValueFactory = static _ => 1 };
    private readonly Option<string?> _namespace = new Option<string?>("--namespace", "-n") { Description = "Multiply in this namespace only.", HelpName = "NAME" }.RefusingOptions();

    private readonly Option<string[]> _objects = new Option<string[]>("--with")
    {
        Description = "Files or folders with objects that come, or take the place of those of their name: DaemonSets, nodes, priority classes, pods.",
        HelpName = "PATH...",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    }.RefusingOptions();

    private readonly Option<string[]> _without = PricedNames.Option("--without-node", "Nodes that are not there; their pods are placed anew.", "NODE...");
    private readonly Option<string?> _profile = new Option<string?>("--other-profile") { Description = "File with another KubeSchedulerConfiguration.", HelpName = "FILE" }.RefusingOptions();
    private readonly Option<bool> _anew = new("--anew") { Description = "Place all pods anew, on empty nodes; those of DaemonSets stay." };
    private readonly Option<bool> _preempt = new("--preempt") { Description = "Evict pods of lower priority for those that fit nowhere otherwise." };

    public WhatIfCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            terminal,
            "whatif",
            "What would be different, pod by pod: requests or replicas multiplied, another profile, other objects, nodes gone, preemption carried out.",
            [
                "k124 whatif --cluster cluster.json --requests 1.5 --resource memory --namespace shop",
                "k124 whatif --cluster cluster.json --other-profile packing.yaml --anew",
                "k124 whatif --cluster cluster.json --with collector.yaml --preempt",
            ],
            cancellationToken)
    {
        AddOptions(_requests, _resource, _replicas, _namespace, _objects, _without, _profile, _anew, _preempt);
    }

    protected override Question? Read(ParseResult parse, Inputs inputs, Cluster cluster)
    {
        var objects = parse.GetValue(_objects) is { Length: > 0 } paths ? inputs.ReadObjects(paths) : [];
        SchedulerConfiguration? profile = null;
        if (parse.GetValue(_profile) is { } path)
        {
            var read = SchedulerConfigurationReader.Read(path);
            foreach (var error in read.Errors)
            {
                Terminal.Error.WriteLine(error);
            }

            if ((profile = read.Configuration?.WithoutExtenders()) is null)
            {
                return null;
            }
        }

        var space = parse.GetValue(_namespace);
        return objects is not { } given
            ? null
            : new(
                new()
                {
                    RequestsFactor = parse.GetValue(_requests),
                    Resource = parse.GetValue(_resource),
                    ReplicasFactor = parse.GetValue(_replicas),
                    Selects = space is null ? null : pod => pod.Metadata.Namespace == space,
                    Objects = given,
                    WithoutNodes = [.. parse.GetValue(_without) ?? []],
                    PlacesAllAnew = parse.GetValue(_anew),
                    Preempts = parse.GetValue(_preempt),
                },
                profile);
    }

    protected override WhatIfPlan Answer(Question question, Cluster cluster, SchedulerOptions options, StatusLine status)
    {
        var request = question.Profile is { } profile ? question.Request with { Scheduler = options with { Configuration = profile } } : question.Request;
        return new CapacityPlanner(cluster, new() { Scheduler = options }).WhatIf(request, CancellationToken);
    }

    protected override ImmutableArray<string> NoticesOf(WhatIfPlan answer) => answer.Notices;

    protected override JsonObject DocumentOf(WhatIfPlan answer, KubernetesRelease release, Inputs inputs) => PlanDocuments.Of(answer, release, inputs.Ignored);

    protected override void WriteTables(WhatIfPlan answer) => PlanTables.Write(Terminal, answer);

    protected override Report ReportOf(WhatIfPlan answer, JsonObject document) => PlanReports.Of(answer, document);

    protected override bool IsYes(WhatIfPlan answer) => answer.Difference.PendingAfter <= answer.Difference.PendingBefore;

    /// <summary>What is different, and the other profile.</summary>
    internal sealed record Question(WhatIfRequest Request, SchedulerConfiguration? Profile);
}
