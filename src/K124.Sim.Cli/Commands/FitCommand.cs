using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using K124.Sim.Cli.Output;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Reports;
using K124.Sim.Scheduling;

namespace K124.Sim.Cli.Commands;

/// <summary><c>k124 fit</c>: how many replicas of a pod fit.</summary>
internal sealed class FitCommand : SchedulingCommand<FitCommand.Question, FitPlan>
{
    private readonly Option<string> _pod = new Option<string>("--pod")
    {
        Description = "File with the Pod or workload to replicate, or with several to replicate as a set; - is standard input.",
        HelpName = "FILE",
        Required = true,
    }.RefusingOptions();

    private readonly Option<int?> _max = new("--max")
    {
        Description = "Stop at this many replicas; exit with 1 if fewer fit.",
        HelpName = "N",
    };

    public FitCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            terminal,
            "fit",
            "How many replicas of a pod, or of a set of pods, fit into a cluster, where they go, and what stops the next one.",
            [
                "kubectl get nodes,pods,namespaces -A -o json > cluster.json",
                "k124 fit --cluster cluster.json --pod web.yaml",
                "k124 fit --cluster nodes.yaml pods.json.gz --pod web.yaml --max 500 -o json",
            ],
            cancellationToken)
    {
        _max.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || value < 1))
            {
                result.AddError($"--max: '{text}' is not a number from 1 on.");
            }
        });
        AddOptions(_pod, _max);
    }

    protected override Question? Read(ParseResult parse, Inputs inputs, Cluster cluster) =>
        inputs.ReadReplicated(parse.GetRequiredValue(_pod)) is { } replicated ? new(replicated, parse.GetValue(_max)) : null;

    protected override FitPlan Answer(Question question, Cluster cluster, SchedulerOptions options, StatusLine status) =>
        new CapacityPlanner(cluster, new() { Scheduler = options })
            .Fit(question.Replicated, question.Max ?? int.MaxValue, PlanStatus.Of(status), CancellationToken);

    protected override int Write(Question question, FitPlan plan, KubernetesRelease release, Inputs inputs, bool asJson)
    {
        PlanStatus.WriteNotices(Terminal, plan.Notices);
        ImmutableArray<ObjectKey> keys = [.. question.Replicated.Select(ObjectKey.Of)];
        if (asJson)
        {
            JsonOutput.Write(Terminal, FitPlanJson.Of(plan, keys, question.Max, release, inputs.Ignored), OutputJson.Readable.FitPlanJson);
        }
        else
        {
            FitTables.Write(Terminal, plan, keys);
        }

        return CodeOf(question, plan);
    }

    protected override Report ReportOf(Question question, FitPlan answer, KubernetesRelease release, Inputs inputs)
    {
        ImmutableArray<ObjectKey> keys = [.. question.Replicated.Select(ObjectKey.Of)];
        var document = JsonSerializer.SerializeToNode(FitPlanJson.Of(answer, keys, question.Max, release, inputs.Ignored), OutputJson.Readable.FitPlanJson)!.AsObject();
        return PlanReports.Of(answer, string.Join(" and ", keys), document);
    }

    protected override int CodeOf(Question question, FitPlan answer) => answer.Replicas == 0 || answer.Replicas < question.Max ? ExitCode.Negative : ExitCode.Done;

    /// <summary>What to replicate, and how often at most.</summary>
    internal sealed record Question(ImmutableArray<IApiObject> Replicated, int? Max);
}
