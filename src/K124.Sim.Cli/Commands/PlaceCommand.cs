using System.CommandLine;
using System.CommandLine.Parsing;
using K124.Sim.Cli.Output;
using K124.Sim.Model;
using K124.Sim.Planning;

namespace K124.Sim.Cli.Commands;

/// <summary><c>k124 place</c>: where pods go.</summary>
internal sealed class PlaceCommand : ExampleCommand
{
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly Option<string[]> _cluster = ClusterOption.Create();
    private readonly Option<string[]> _workload = ClusterOption.Paths("--workload", "Files or folders with the workloads to place; - is standard input.");
    private readonly SchedulingFlags _scheduling = new();
    private readonly OutputOption _output = new();

    private readonly Option<ObjectKey?> _explain = new("--explain")
    {
        Description = "Also show every node's verdict and score for this pod, as they are when it is decided on.",
        HelpName = "NAMESPACE/POD",
        CustomParser = ParseKey,
    };

    public PlaceCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            "place",
            "Where the pending pods of a cluster and the pods of further workloads go, and what stops those that no node takes.",
            "kubectl get nodes,pods,namespaces,priorityclasses -A -o json > cluster.json",
            "k124 place --cluster cluster.json --workload shop/",
            "k124 place --cluster cluster.json --workload shop/ --explain shop/web-0")
    {
        _terminal = terminal;
        _cancellationToken = cancellationToken;
        Add(_cluster);
        Add(_workload);
        Add(_explain);
        Add(_output.Option);
        _scheduling.AddTo(this);
        SetAction(Execute);
    }

    private int Execute(ParseResult parse)
    {
        if (_scheduling.Read(parse, _terminal) is not { } scheduler)
        {
            return ExitCode.BadInput;
        }

        var explain = parse.GetValue(_explain);
        using var status = new StatusLine(_terminal);
        var inputs = new Inputs(_terminal, status, _cancellationToken);
        if (inputs.ReadCluster(parse.GetRequiredValue(_cluster)) is not { } cluster || inputs.ReadObjects(parse.GetRequiredValue(_workload)) is not { } workloads)
        {
            return ExitCode.BadInput;
        }

        PlacementPlan plan;
        try
        {
            plan = new CapacityPlanner(cluster, new() { Scheduler = scheduler, ExplainPod = pod => explain == ObjectKey.Of(pod) })
                .Place(workloads, PlanStatus.Of(status), _cancellationToken);
        }
        catch (ArgumentException exception)
        {
            status.Dispose();
            _terminal.Error.WriteLine($"error: {exception.Message}");
            return ExitCode.BadInput;
        }

        status.Dispose();
        inputs.ReportIgnored();
        PlanStatus.WriteNotices(_terminal, plan.Notices);
        var explained = plan.Pods.FirstOrDefault(static pod => pod.Explanation is not null);
        if (explain is { } key && explained is null)
        {
            _terminal.Error.WriteLine($"error: --explain: no pod '{key}' was to be placed{Example(plan)}");
            return ExitCode.BadInput;
        }

        if (_output.IsJson(parse))
        {
            JsonOutput.Write(_terminal, PlacementPlanJson.Of(plan, explained, scheduler.Release, inputs.Ignored), OutputJson.Readable.PlacementPlanJson);
        }
        else
        {
            PlacementTables.Write(_terminal, plan);
            if (explained is not null)
            {
                ExplanationTables.Write(_terminal, explained);
            }
        }

        return plan.Unschedulable.Any() ? ExitCode.Negative : ExitCode.Done;
    }

    private static string Example(PlacementPlan plan) => plan.Pods.IsEmpty ? "" : $"; the first of {Amounts.Count(plan.Pods.Length, "pod")} is '{ObjectKey.Of(plan.Pods[0].Pod)}'";

    private static ObjectKey? ParseKey(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text.Split('/') is [{ Length: > 0 } space, { Length: > 0 } name] && !text.StartsWith('-'))
        {
            return new ObjectKey(space, name);
        }

        result.AddError($"--explain: '{text}' is not of the form NAMESPACE/POD.");
        return null;
    }
}
