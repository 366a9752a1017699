using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using K124.Sim.Batch.Forecast;
using K124.Sim.Model;

namespace K124.Sim.Cli.Output.Jobs;

/// <summary>The forecast of a Job, for programs.</summary>
internal sealed record JobForecastJson(string ApiVersion, string Kind, string Job, ImmutableArray<JobForecastRowJson> Forecasts)
{
    public static JobForecastJson Of(IEnumerable<JobForecastRow> rows, Job job) =>
        new(JsonOutput.ApiVersion, "JobForecast", ObjectKey.Of(job).ToString(), [.. rows.Select(JobForecastRowJson.Of)]);
}

/// <summary>The forecast for one parallelism; times in seconds, shares from 0 to 1.</summary>
internal sealed record JobForecastRowJson(
    int Parallelism,
    int Runs,
    SortedDictionary<string, double> CompletionSeconds,
    SortedDictionary<string, double> FailureSeconds,
    SortedDictionary<string, double> Probability,
    double WastedShare,
    double MeanCreatedPods,
    double MeanFailedPods)
{
    public static JobForecastRowJson Of(JobForecastRow row)
    {
        var result = row.Result;
        var probability = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var outcome in Enum.GetValues<JobOutcome>())
        {
            probability.Add(JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString()), result.Probability(outcome));
        }

        return new(
            row.Parallelism, result.Runs.Length, Seconds(result.CompletionPercentile), Seconds(result.FailurePercentile), probability, result.WastedShare,
            result.Runs.Average(static run => run.CreatedPods), result.Runs.Average(static run => run.FailedPods));
    }

    private static SortedDictionary<string, double> Seconds(Func<double, TimeSpan?> percentileOf)
    {
        var seconds = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var percentile in JobForecastRow.Percentiles)
        {
            if (percentileOf(percentile) is { } time)
            {
                seconds.Add(string.Create(CultureInfo.InvariantCulture, $"p{percentile}"), time.TotalSeconds);
            }
        }

        return seconds;
    }
}
