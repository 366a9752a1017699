using System.CommandLine;
using K124.Sim.Cli.Output;
using K124.Sim.Planning;

namespace K124.Sim.Cli.Commands;

/// <summary><c>k124 rollout</c>: what a change of workloads comes to.</summary>
internal sealed class RolloutCommand : ExampleCommand
{
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly Option<string[]> _cluster = ClusterOption.Create();
    private readonly SchedulingFlags _scheduling = new();
    private readonly OutputOption _output = new();
    private readonly Option<bool> _skipForeign = ForeignOption.Create();

    private readonly Option<string[]> _apply = new Option<string[]>("--apply")
    {
        Description = "Files or folders whose objects are applied.",
        HelpName = "PATH...",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    }.RefusingOptions();

    private readonly Option<TimeSpan?> _readyAfter = new("--ready-after")
    {
        Description = "Time from the start of a pod until it is ready, for example 30s. The default is 10s.",
        HelpName = "DURATION",
        CustomParser = DurationArgument.Parse,
    };

    private readonly Option<TimeSpan?> _stopAfter = new("--stop-after")
    {
        Description = "Time that a pod takes to stop; its grace at most. The default is 0s.",
        HelpName = "DURATION",
        CustomParser = DurationArgument.Parse,
    };

    public RolloutCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            "rollout",
            "How long a rollout takes, how many nodes it needs meanwhile, and what blocks it.",
            ["k124 rollout --cluster cluster.json --apply web.yaml", "k124 rollout --cluster cluster.json --apply shop/ --ready-after 45s -o json"])
    {
        _terminal = terminal;
        _cancellationToken = cancellationToken;
        foreach (var option in (ReadOnlySpan<Option>)[_cluster, _apply, _readyAfter, _stopAfter, _skipForeign, _output.Option])
        {
            Add(option);
        }

        _scheduling.AddTo(this);
        SetAction(Execute);
    }

    private int Execute(ParseResult parse)
    {
        if (_scheduling.Read(parse, _terminal) is not { } scheduling)
        {
            return ExitCode.BadInput;
        }

        using var status = new StatusLine(_terminal);
        var inputs = new Inputs(_terminal, status, _cancellationToken, parse.GetValue(_skipForeign));
        if (inputs.ReadCluster(parse.GetRequiredValue(_cluster)) is not { } cluster || inputs.ReadObjects(parse.GetRequiredValue(_apply)) is not { } changes)
        {
            return ExitCode.BadInput;
        }

        var options = new RolloutOptions { Scheduler = scheduling };
        options = options with { ReadyAfter = parse.GetValue(_readyAfter) ?? options.ReadyAfter, StopAfter = parse.GetValue(_stopAfter) ?? options.StopAfter };
        var plan = RolloutPlanner.Plan(cluster, changes, options, _cancellationToken);
        status.Dispose();
        inputs.ReportIgnored();
        if (_output.IsJson(parse))
        {
            RolloutJson.Write(_terminal, plan);
        }
        else
        {
            RolloutTables.Write(_terminal, plan);
        }

        return plan.Duration is null ? ExitCode.Negative : ExitCode.Done;
    }
}
