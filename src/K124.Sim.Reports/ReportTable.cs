using System.Collections.Immutable;

namespace K124.Sim.Reports;

/// <summary>A table of a report.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">Its headings; those of numbers are set to the right.</param>
public sealed record ReportTable(string Caption, ImmutableArray<ReportColumn> Columns)
{
    /// <summary>The rows, each with as many cells as there are columns.</summary>
    public ImmutableArray<ReportRow> Rows { get; init; } = [];

    /// <summary>How many rows are shown; the rest is told as a number.</summary>
    /// <value>200 by default.</value>
    public int MostRows { get; init; } = 200;

    /// <summary>Adds rows.</summary>
    /// <typeparam name="T">What rows are made of.</typeparam>
    /// <param name="items">What rows are made of.</param>
    /// <param name="rowOf">Makes one.</param>
    /// <returns>The table with the rows.</returns>
    public ReportTable With<T>(IEnumerable<T> items, Func<T, ReportRow> rowOf)
    {
        ArgumentNullException.ThrowIfNull(items);
        return this with { Rows = [.. Rows, .. items.Select(rowOf)] };
    }
}

/// <summary>A column of a table.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="IsNumber">Whether it holds numbers.</param>
public readonly record struct ReportColumn(string Heading, bool IsNumber = false);

/// <summary>A row of a table.</summary>
/// <param name="Tone">Whether it is as wanted.</param>
/// <param name="Cells">Its cells.</param>
public sealed record ReportRow(ReportTone Tone, params ImmutableArray<string> Cells);
