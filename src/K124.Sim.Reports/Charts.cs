using System.Collections.Immutable;

namespace K124.Sim.Reports;

/// <summary>Bars one below the other, each of parts.</summary>
/// <param name="Title">What they show.</param>
/// <param name="Parts">The parts of each bar, from the left.</param>
/// <param name="Bars">The bars.</param>
public sealed record BarChart(string Title, ImmutableArray<BarPart> Parts, ImmutableArray<Bar> Bars)
{
    /// <summary>What a whole bar comes to; null for the largest that is drawn.</summary>
    public double? Whole { get; init; }
}

/// <summary>A part of bars.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tone">Whether it is as wanted.</param>
public readonly record struct BarPart(string Name, ReportTone Tone);

/// <summary>A bar.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Amounts">The amount of each part.</param>
/// <param name="Text">What stands behind it.</param>
public sealed record Bar(string Label, ImmutableArray<double> Amounts, string Text);

/// <summary>Points from left to right, each as wanted or not.</summary>
/// <param name="Title">What they show.</param>
/// <param name="XLabel">Below the horizontal axis.</param>
/// <param name="YLabel">Beside the vertical axis.</param>
/// <param name="Points">The points.</param>
public sealed record StepChart(string Title, string XLabel, string YLabel, ImmutableArray<StepPoint> Points)
{
    /// <summary>What the points are to reach; null for nothing.</summary>
    public double? Goal { get; init; }
}

/// <summary>A point.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Upwards.</param>
/// <param name="IsGood">Whether it is as wanted.</param>
public readonly record struct StepPoint(double X, double Y, bool IsGood);

/// <summary>Nodes as squares, coloured by how full they are.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Nodes">The nodes, in the order in which they are drawn.</param>
public sealed record NodeMap(string Title, ImmutableArray<NodeSquare> Nodes);

/// <summary>A node of a map.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Load">How full it is: 0 to 1, above 1 when overcommitted.</param>
public readonly record struct NodeSquare(string Name, double Load);
