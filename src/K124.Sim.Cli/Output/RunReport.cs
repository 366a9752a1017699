using System.Collections.Immutable;
using K124.Sim.ControlPlane;
using K124.Sim.Model;

namespace K124.Sim.Cli.Output;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>What became of a run, in figures.</summary>
internal sealed record RunReport
{
    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public required bool IsQuiet { get; init; }

    public required long Writes { get; init; }

    public required long Events { get; init; }

    /// <summary>Numbers of pods by phase, in the order of a pod's life.</summary>
    public required ImmutableArray<(string Phase, int Count)> Phases { get; init; }

    /// <summary>Writes of the user that the API server refused.</summary>
    public required ImmutableArray<TimelineEntry> Refusals { get; init; }

    public int PendingPods => Phases.FirstOrDefault(static entry => entry.Phase == "Pending").Count;

    public static RunReport Of(ControlPlane plane, DateTimeOffset start, bool isQuiet)
    {
        var phases = plane.List<Pod>().GroupBy(static pod => pod.Status.Phase.Length == 0 ? "Pending" : pod.Status.Phase)
            .ToDictionary(static group => group.Key, static group => group.Count(), StringComparer.Ordinal);
        var timeline = plane.Timeline.ToArray();
        return new()
        {
            Start = start,
            End = plane.Now,
            IsQuiet = isQuiet,
            Writes = timeline.LongCount(static entry => entry.Event is null && entry.Refusal is null),
            Events = timeline.LongCount(static entry => entry.Event is not null),
            Phases = [.. ((string[])["Pending", "Running", "Succeeded", "Failed", "Unknown"]).Where(phases.ContainsKey).Select(phase => (phase, phases[phase]))],
            Refusals = [.. timeline.Where(static entry => entry is { Actor: "user", Refusal: not null })],
        };
    }
}
