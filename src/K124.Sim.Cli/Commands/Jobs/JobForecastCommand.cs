using System.CommandLine;
using K124.Sim.Batch.Forecast;
using K124.Sim.Cli.Output;
using K124.Sim.Cli.Output.Figures;
using K124.Sim.Cli.Output.Jobs;

namespace K124.Sim.Cli.Commands.Jobs;

/// <summary><c>k124 job forecast</c>: how long a Job takes and how it ends, over many runs.</summary>
internal sealed class JobForecastCommand : ExampleCommand
{
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly Option<string> _job = JobInputs.JobOption();
    private readonly JobForecastFlags _flags = new();
    private readonly Option<string?> _figure = FigureOption.Create("Draw the share of runs that are complete over time.");
    private readonly OutputOption _output = new();

    public JobForecastCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            "forecast",
            "Forecast how long a Job takes and how it ends, over many runs with drawn pod durations and failures.",
            "k124 job forecast --job job.yaml --duration lognormal:60,0.5 --failure 0.02 --runs 1000",
            "k124 job forecast --job job.yaml --duration empirical:30,45,240 --parallelism 10 50 100 --figure forecast.svg",
            "k124 job forecast --job job.yaml --duration weibull:60,1.5 --suspend 600-4200 -o json")
    {
        _terminal = terminal;
        _cancellationToken = cancellationToken;
        Add(_job);
        _flags.AddTo(this);
        Add(_figure);
        Add(_output.Option);
        SetAction(Execute);
    }

    private int Execute(ParseResult parse)
    {
        using var status = new StatusLine(_terminal);
        if (new JobInputs(_terminal, status, _cancellationToken).ReadJob(parse.GetRequiredValue(_job), _flags.Profile(parse), DateTimeOffset.UnixEpoch) is not { } job)
        {
            return ExitCode.BadInput;
        }

        List<JobForecastRow> rows;
        try
        {
            rows = Forecast(_flags.Read(parse, job), _flags.Parallelism(parse), _flags.Threads(parse), status);
        }
        catch (InvalidOperationException exception)
        {
            status.Dispose();
            _terminal.Error.WriteLine($"error: {exception.Message}");
            return ExitCode.BadInput;
        }

        status.Dispose();
        if (parse.GetValue(_figure) is { } figure && !FigureOption.TrySave(JobForecastFigure.Draw(rows, job.Metadata.Name), figure, _terminal))
        {
            return ExitCode.BadInput;
        }

        if (_output.IsJson(parse))
        {
            JsonOutput.Write(_terminal, JobForecastJson.Of(rows, job), OutputJson.Readable.JobForecastJson);
        }
        else
        {
            JobTables.Write(_terminal, rows);
        }

        return ExitCode.Done;
    }

    /// <summary>Forecasts the Job once for each parallelism, or with its own.</summary>
    private List<JobForecastRow> Forecast(JobForecastOptions options, int[] parallelism, int threads, StatusLine status)
    {
        var rows = new List<JobForecastRow>();
        var progress = new RunCounter(status, (long)options.Runs * Math.Max(1, parallelism.Length));
        foreach (var pods in parallelism.Length > 0 ? parallelism : [options.Job.Spec.Parallelism ?? 1])
        {
            var job = options.Job with { Spec = options.Job.Spec with { Parallelism = pods } };
            rows.Add(new(pods, JobForecast.Run(options with { Job = job }, threads, progress, _cancellationToken)));
        }

        return rows;
    }

    /// <summary>Counts runs that finish on many threads.</summary>
    private sealed class RunCounter(StatusLine status, long total) : IProgress<int>
    {
        private readonly Lock _lock = new();
        private long _finished;

        public void Report(int value)
        {
            lock (_lock)
            {
                _finished++;
                status.Show(() => $"forecasting: {Amounts.Count(_finished)} of {Amounts.Count(total, "run")}");
            }
        }
    }
}
