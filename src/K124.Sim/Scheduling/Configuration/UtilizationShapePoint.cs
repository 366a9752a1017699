namespace K124.Sim.Scheduling.Configuration;

/// <summary>A point of a score by utilization; between points the score runs in a line.</summary>
/// <param name="Utilization">Share of a resource in use, 0 to 100 percent.</param>
/// <param name="Score">Score there, 0 to 10.</param>
public sealed record UtilizationShapePoint(int Utilization, int Score);
