using System.CommandLine;
using K124.Sim.Batch.Forecast;
using K124.Sim.Cli.Output;
using K124.Sim.Cli.Output.Figures;
using K124.Sim.Cli.Output.Jobs;

namespace K124.Sim.Cli.Commands.Jobs;

/// <summary><c>k124 job run</c>: one Job through a scenario.</summary>
internal sealed class JobRunCommand : ExampleCommand
{
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly Option<string> _job = JobInputs.JobOption();
    private readonly Option<string> _plan = new Option<string>("--plan")
    {
        Description = "Scenario without its job: pod plans, actions, gates, latency and failures (JSON).",
        HelpName = "FILE",
        Required = true,
    }.RefusingOptions();

    private readonly Option<KubernetesRelease> _release = ReleaseOption.Create();
    private readonly Option<string?> _figure = FigureOption.Create("Draw active, ready, succeeded and failed pods over time.");
    private readonly OutputOption _output = new();

    public JobRunCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            "run",
            "Run one Job through a scenario on virtual time and show what happens.",
            "k124 job run --job job.yaml --plan plan.json",
            "k124 job run --job job.yaml --plan plan.json -o json --figure run.svg")
    {
        _terminal = terminal;
        _cancellationToken = cancellationToken;
        Add(_job);
        Add(_plan);
        Add(_release);
        Add(_figure);
        Add(_output.Option);
        SetAction(Execute);
    }

    private int Execute(ParseResult parse)
    {
        using var status = new StatusLine(_terminal);
        var inputs = new JobInputs(_terminal, status, _cancellationToken);
        if (inputs.ReadPlan(parse.GetRequiredValue(_plan)) is not { } plan
            || inputs.ReadJob(parse.GetRequiredValue(_job), plan.Profile, plan.Start) is not { } job)
        {
            return ExitCode.BadInput;
        }

        var progress = status.Progress<DateTimeOffset>(now => $"running the Job: {JobTables.Duration(now - plan.Start)} of {JobTables.Duration(plan.Duration)}");
        JobTimeline timeline;
        try
        {
            timeline = JobSimulation.Run(plan with { Job = job, Profile = plan.Profile with { Release = parse.GetValue(_release) } }, progress, _cancellationToken);
        }
        catch (InvalidOperationException exception)
        {
            status.Dispose();
            _terminal.Error.WriteLine($"error: {exception.Message}");
            return ExitCode.BadInput;
        }

        status.Dispose();
        if (parse.GetValue(_figure) is { } figure && !FigureOption.TrySave(JobRunFigure.Draw(timeline, job.Metadata.Name), figure, _terminal))
        {
            return ExitCode.BadInput;
        }

        if (_output.IsJson(parse))
        {
            _terminal.Output.WriteLine(JsonOutput.WithHead("JobTimeline", timeline.ToJson()));
        }
        else
        {
            JobTables.Write(_terminal, timeline);
        }

        return ExitCode.Done;
    }
}
