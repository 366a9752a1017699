using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using K124.Sim.Cli.Output;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Reports;
using K124.Sim.Scheduling;

namespace K124.Sim.Cli.Commands;

/// <summary><c>k124 place</c>: where pods go.</summary>
internal sealed class PlaceCommand : SchedulingCommand<PlaceCommand.Question, PlacementPlan>
{
    private readonly Option<string[]> _workload = ClusterOption.Paths("--workload", "Files or folders with the workloads to place; - is standard input.");

    private readonly Option<ObjectKey?> _explain = new("--explain")
    {
        Description = "Also show every node's verdict and score for this pod, as they are when it is decided on.",
        HelpName = "NAMESPACE/POD",
        CustomParser = ParseKey,
    };

    private readonly Option<bool> _complete = new("--complete-workloads")
    {
        Description = "Also make the pods that workloads of the cluster want and do not have.",
    };

    public PlaceCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            terminal,
            "place",
            "Where the pending pods of a cluster and the pods of further workloads go, and what stops those that no node takes.",
            [
                "kubectl get nodes,pods,namespaces,priorityclasses -A -o json > cluster.json",
                "k124 place --cluster cluster.json --workload shop/",
                "k124 place --cluster cluster.json --workload shop/ --explain shop/web-0",
            ],
            cancellationToken)
    {
        AddOptions(_workload, _complete, _explain);
    }

    protected override Question? Read(ParseResult parse, Inputs inputs, Cluster cluster) =>
        inputs.ReadObjects(parse.GetRequiredValue(_workload)) is { } workloads ? new(workloads, parse.GetValue(_explain), parse.GetValue(_complete)) : null;

    protected override PlacementPlan Answer(Question question, Cluster cluster, SchedulerOptions options, StatusLine status) =>
        new CapacityPlanner(cluster, new() { Scheduler = options, ExplainPod = pod => question.Explain == ObjectKey.Of(pod), CompletesWorkloads = question.Completes })
            .Place(question.Workloads, PlanStatus.Of(status), CancellationToken);

    protected override int Write(Question question, PlacementPlan plan, KubernetesRelease release, Inputs inputs, bool asJson)
    {
        PlanStatus.WriteNotices(Terminal, plan.Notices);
        var explained = plan.Pods.FirstOrDefault(static pod => pod.Explanation is not null);
        if (question.Explain is { } key && explained is null)
        {
            Terminal.Error.WriteLine($"error: --explain: no pod '{key}' was to be placed{Example(plan)}");
            return ExitCode.BadInput;
        }

        if (asJson)
        {
            JsonOutput.Write(Terminal, PlacementPlanJson.Of(plan, explained, release, inputs.Ignored), OutputJson.Readable.PlacementPlanJson);
        }
        else
        {
            PlacementTables.Write(Terminal, plan);
            if (explained is not null)
            {
                ExplanationTables.Write(Terminal, explained);
            }
        }

        return CodeOf(question, plan);
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

    protected override Report ReportOf(Question question, PlacementPlan answer, KubernetesRelease release, Inputs inputs)
    {
        var explained = answer.Pods.FirstOrDefault(static pod => pod.Explanation is not null);
        return PlanReports.Of(answer, JsonSerializer.SerializeToNode(PlacementPlanJson.Of(answer, explained, release, inputs.Ignored), OutputJson.Readable.PlacementPlanJson)!.AsObject());
    }

    protected override int CodeOf(Question question, PlacementPlan answer) => answer.Unschedulable.Any() || !answer.NotCreated.IsEmpty ? ExitCode.Negative : ExitCode.Done;

    /// <summary>What to place, which of the pods to explain, and whether workloads of the cluster get their missing pods.</summary>
    internal sealed record Question(ImmutableArray<IApiObject> Workloads, ObjectKey? Explain, bool Completes);
}
