using System.Collections.Immutable;
using K124.Sim.Batch.Jobs.Syncing;
using K124.Sim.Pods;

namespace K124.Sim.Batch.Forecast;

/// <summary>A <see cref="PodPlan"/> in ticks; below zero is never.</summary>
internal readonly struct PodSteps
{
    public static PodSteps Never => new() { ScheduleTicks = -1 };

    public long ScheduleTicks { get; init; }

    /// <summary>Whether the pod is bound from its creation on, without a step of its own.</summary>
    public bool IsBoundAtOnce { get; init; }

    public long StartTicks { get; init; }

    public long ReadyTicks { get; init; }

    public long FinishTicks { get; init; }

    public long TerminateTicks { get; init; }

    public PodPhase Outcome { get; init; }

    public PodPhase TerminatePhase { get; init; }

    public ImmutableArray<TimeSpan> Restarts { get; init; }

    public static PodSteps Of(PodPlan plan) => new()
    {
        ScheduleTicks = plan.ScheduleAfter.Ticks,
        StartTicks = plan.StartAfter.Ticks,
        ReadyTicks = plan.ReadyAfter.Ticks,
        FinishTicks = plan.FinishAfter.Ticks,
        TerminateTicks = plan.TerminateAfter.Ticks,
        Outcome = PodReader.PhaseOf(plan.Outcome),
        TerminatePhase = PodReader.PhaseOf(plan.TerminatePhase),
        Restarts = plan.RestartsAfter,
    };
}

/// <summary>Says what becomes of a new pod.</summary>
internal interface IPodStepsSource
{
    /// <param name="index">Completion index; −1 for none.</param>
    /// <param name="attempt">Which pod for that index, or of the Job, from 1.</param>
    PodSteps Next(int index, int attempt);
}
