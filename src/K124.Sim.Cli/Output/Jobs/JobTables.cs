using System.Globalization;
using K124.Sim.Batch.Forecast;
using K124.Sim.Model;

namespace K124.Sim.Cli.Output.Jobs;

/// <summary>Shows people what became of a Job.</summary>
internal static class JobTables
{
    private const int PodLimit = 4;

    public static string Duration(TimeSpan time)
    {
        var text = time.ToString(time.Days > 0 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);
        return time.Ticks % TimeSpan.TicksPerSecond == 0 ? text : text + time.ToString(@"\.fff", CultureInfo.InvariantCulture);
    }

    /// <summary>What happened, in order, and how it ended.</summary>
    public static void Write(Terminal terminal, JobTimeline timeline)
    {
        var table = new TableView().Number("AFTER").Text("WHAT").Text("DETAIL");
        foreach (var entry in timeline.Timeline)
        {
            table.Row(Duration(entry.At), entry.Kind, Detail(entry));
        }

        table.WriteTo(terminal);
        terminal.Output.WriteLine(timeline.Checkpoints is [.., { Status: { } status }] ? $"At the end: {Summary(status)}." : "At the end the Job is gone.");
    }

    /// <summary>The forecasts side by side.</summary>
    public static void Write(Terminal terminal, IReadOnlyList<JobForecastRow> rows)
    {
        var runCount = rows[0].Result.Runs.Length;
        terminal.Output.WriteLine($"{Amounts.Count(runCount, "run")}{(rows.Count > 1 ? " for each parallelism" : "")}; time to completion of the runs that are complete.");
        terminal.Output.WriteLine();
        WriteTimes(terminal, rows, static result => result.CompletionPercentile);
        if (rows.Any(static row => row.Result.FailurePercentile(100) is not null))
        {
            terminal.Output.WriteLine("Time until the Job failed, of the runs in which it did.");
            terminal.Output.WriteLine();
            WriteTimes(terminal, rows, static result => result.FailurePercentile);
        }

        var ends = new TableView().Number("PARALLELISM").Number("COMPLETE").Number("BACKOFF LIMIT").Number("DEADLINE").Number("UNFINISHED").Number("WASTED WORK");
        foreach (var (parallelism, result) in rows)
        {
            ends.Row(
                Amounts.Count(parallelism),
                Amounts.Share(result.Probability(JobOutcome.Complete)),
                Amounts.Share(result.Probability(JobOutcome.BackoffLimitExceeded)),
                Amounts.Share(result.Probability(JobOutcome.DeadlineExceeded)),
                Amounts.Share(result.Probability(JobOutcome.Unfinished)),
                Amounts.Share(result.WastedShare));
        }

        ends.WriteTo(terminal);
    }

    private static void WriteTimes(Terminal terminal, IReadOnlyList<JobForecastRow> rows, Func<JobForecastResult, Func<double, TimeSpan?>> percentileOf)
    {
        var times = new TableView().Number("PARALLELISM");
        foreach (var percentile in JobForecastRow.Percentiles)
        {
            times.Number(string.Create(CultureInfo.InvariantCulture, $"P{percentile}"));
        }

        foreach (var (parallelism, result) in rows)
        {
            var timeAt = percentileOf(result);
            times.Row(
                JobForecastRow.Percentiles
                    .Select(percentile => timeAt(percentile) is { } time ? Duration(TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds))) : "-")
                    .Prepend(Amounts.Count(parallelism)));
        }

        times.WriteTo(terminal);
    }

    private static string Detail(JobTimelineEntry entry) =>
        entry.Status is { } status ? Summary(status)
        : entry.Event is { } jobEvent ? $"{jobEvent.Reason}: {jobEvent.Message}"
        : entry.Pods.Length > PodLimit ? $"{string.Join(' ', entry.Pods.Take(PodLimit))} and {Amounts.Count(entry.Pods.Length - PodLimit)} more"
        : string.Join(' ', entry.Pods);

    private static string Summary(JobStatus status)
    {
        var conditions = status.Conditions.Where(static condition => condition.Status == "True").Select(static condition => condition.Type);
        return string.Join(", ",
        [
            .. conditions,
            $"{Amounts.Count(status.Active)} active",
            $"{Amounts.Count(status.Succeeded)} succeeded",
            $"{Amounts.Count(status.Failed)} failed",
            .. status.Ready is { } ready ? [$"{Amounts.Count(ready)} ready"] : Array.Empty<string>(),
            .. status.CompletedIndexes.Length > 0 ? [$"indexes {status.CompletedIndexes}"] : Array.Empty<string>(),
        ]);
    }
}
