using System.CommandLine;
using K124.Sim.Cli.Output;
using K124.Sim.Model;
using K124.Sim.Planning;

namespace K124.Sim.Cli.Commands;

/// <summary><c>k124 fit</c>: how many replicas of a pod fit.</summary>
internal sealed class FitCommand : ExampleCommand
{
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly Option<string[]> _cluster = ClusterOption.Create();
    private readonly SchedulingFlags _scheduling = new();
    private readonly OutputOption _output = new();

    private readonly Option<string> _pod = new Option<string>("--pod")
    {
        Description = "File with the one Pod or StatefulSet to replicate; - is standard input.",
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
            "fit",
            "How many replicas of a pod fit into a cluster, where they go, and what stops the next one.",
            "kubectl get nodes,pods,namespaces -A -o json > cluster.json",
            "k124 fit --cluster cluster.json --pod web.yaml",
            "k124 fit --cluster nodes.yaml pods.json.gz --pod web.yaml --max 500 -o json")
    {
        _terminal = terminal;
        _cancellationToken = cancellationToken;
        _max.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var value) && value < 1)
            {
                result.AddError($"--max: '{text}' is not a number from 1 on.");
            }
        });
        Add(_cluster);
        Add(_pod);
        Add(_max);
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

        var max = parse.GetValue(_max);
        using var status = new StatusLine(_terminal);
        var inputs = new Inputs(_terminal, status, _cancellationToken);
        if (inputs.ReadReplicated(parse.GetRequiredValue(_pod)) is not { } replicated || inputs.ReadCluster(parse.GetRequiredValue(_cluster)) is not { } cluster)
        {
            return ExitCode.BadInput;
        }

        FitPlan plan;
        try
        {
            var planner = new CapacityPlanner(cluster, new() { Scheduler = scheduler });
            plan = replicated is StatefulSet set
                ? planner.Fit(set, max ?? int.MaxValue, PlanStatus.Of(status), _cancellationToken)
                : planner.Fit((Pod)replicated, max ?? int.MaxValue, PlanStatus.Of(status), _cancellationToken);
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
        if (_output.IsJson(parse))
        {
            JsonOutput.Write(_terminal, FitPlanJson.Of(plan, ObjectKey.Of(replicated), max, scheduler.Release, inputs.Ignored), OutputJson.Readable.FitPlanJson);
        }
        else
        {
            FitTables.Write(_terminal, plan, ObjectKey.Of(replicated));
        }

        return plan.Replicas == 0 || plan.Replicas < max ? ExitCode.Negative : ExitCode.Done;
    }
}
