using System.Globalization;
using System.Text.Json;
using K124.Sim.Batch;
using K124.Sim.Model;
using Spectre.Console;

namespace K124.Sim.Cli.Commands;

/// <summary>What the commands about Jobs do, over objects that have been read.</summary>
internal static class JobRuns
{
    private const int TableWidth = 160;

    private static readonly double[] Percentiles = [10, 50, 90, 95, 99];

    public static JobTimeline Run(Job job, JobScenario scenario) =>
        JobSimulation.Run(scenario with { Job = Admit(job, scenario.Gates, scenario.Start) });

    /// <exception cref="FormatException">The API server would refuse the Job; the message says why.</exception>
    public static Job Admit(Job job, JobFeatureGates gates, DateTimeOffset createdAt = default)
    {
        var admission = JobStrategy.Create(job, job.Metadata.Uid.Length > 0 ? job.Metadata.Uid : "job-uid", createdAt, gates);
        return admission.Job ?? throw new FormatException(
            $"The Job {job.Metadata.Name} is refused:{Environment.NewLine}{string.Join(Environment.NewLine, admission.Errors)}");
    }

    /// <exception cref="FormatException">The text is not FROM-TO in seconds.</exception>
    public static SuspendWindow ReadWindow(string text)
    {
        var ends = text.Split('-');
        return ends.Length == 2
            && double.TryParse(ends[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var from)
            && double.TryParse(ends[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var to)
            && from < to
            && to < TimeSpan.MaxValue.TotalSeconds
            ? new(TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to))
            : throw new FormatException($"--suspend: '{text}' is not FROM-TO in seconds");
    }

    /// <summary>Forecasts the Job once for each parallelism, or with its own.</summary>
    public static List<JobForecastRow> Forecast(
        JobForecastOptions options, int[] parallelism, int threads, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var rows = new List<JobForecastRow>();
        foreach (var pods in parallelism.Length > 0 ? parallelism : [options.Job.Spec.Parallelism ?? 1])
        {
            var job = options.Job with { Spec = options.Job.Spec with { Parallelism = pods } };
            rows.Add(new(pods, JobForecast.Run(options with { Job = job }, threads, progress, cancellationToken)));
        }

        return rows;
    }

    public static void WriteTable(List<JobForecastRow> rows, TextWriter writer)
    {
        var table = new Table().AddColumn("parallelism");
        foreach (var percentile in Percentiles)
        {
            table.AddColumn($"P{percentile}", column => column.RightAligned());
        }

        table.AddColumns("complete", "backoff limit", "deadline", "unfinished", "wasted");
        foreach (var row in rows)
        {
            var result = row.Result;
            table.AddRow(
            [
                row.Parallelism.ToString(CultureInfo.InvariantCulture),
                .. Percentiles.Select(percentile => result.CompletionPercentile(percentile) is { } time ? $"{time:d\\.hh\\:mm\\:ss}" : "-"),
                .. Outcomes.Select(outcome => Percent(result.Probability(outcome))),
                Percent(result.WastedShare),
            ]);
        }

        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No });
        console.Profile.Width = TableWidth;
        console.Write(table);
    }

    public static void WriteJson(List<JobForecastRow> rows, TextWriter writer)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                WriteRow(row, json);
            }

            json.WriteEndArray();
        }

        writer.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static JobOutcome[] Outcomes => [JobOutcome.Complete, JobOutcome.BackoffLimitExceeded, JobOutcome.DeadlineExceeded, JobOutcome.Unfinished];

    private static void WriteRow(JobForecastRow row, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("parallelism", row.Parallelism);
        json.WriteNumber("runs", row.Result.Runs.Length);
        json.WriteStartObject("completionSeconds");
        foreach (var percentile in Percentiles)
        {
            if (row.Result.CompletionPercentile(percentile) is { } time)
            {
                json.WriteNumber($"p{percentile}", time.TotalSeconds);
            }
        }

        json.WriteEndObject();
        json.WriteStartObject("probability");
        foreach (var outcome in Outcomes)
        {
            json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString()), row.Result.Probability(outcome));
        }

        json.WriteEndObject();
        json.WriteNumber("wastedShare", row.Result.WastedShare);
        json.WriteEndObject();
    }

    private static string Percent(double share) => share.ToString("P1", CultureInfo.InvariantCulture);
}
