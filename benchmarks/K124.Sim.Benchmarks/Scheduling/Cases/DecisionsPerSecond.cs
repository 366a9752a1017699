using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>A column: decisions a second, by the mean.</summary>
internal sealed class DecisionsPerSecond : IColumn
{
    private const double NanosecondsPerSecond = 1e9;

    public string Id => nameof(DecisionsPerSecond);

    public string ColumnName => "Decisions/s";

    public string Legend => "Decisions a second, by the mean";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Statistics;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        summary[benchmarkCase]?.ResultStatistics is { } statistics ? (NanosecondsPerSecond / statistics.Mean).ToString("N0", CultureInfo.InvariantCulture) : "-";
}
