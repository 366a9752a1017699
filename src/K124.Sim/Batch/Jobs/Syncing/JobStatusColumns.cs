using System.Collections.Immutable;
using System.Runtime.InteropServices;
using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>The status of a Job in the form the controller works on. Pods in the uncounted lists are named by their handle: the row, or
/// below zero a UID that no known pod has.</summary>
internal sealed class JobStatusColumns
{
    public ImmutableArray<Condition> Conditions
    {
        get;
        set
        {
            if (field != value)
            {
                field = value;
                IsFinished = IsTrue(value, JobNames.Complete) || IsTrue(value, JobNames.Failed);
            }
        }
    } = [];

    public DateTimeOffset? StartTime { get; set; }

    public DateTimeOffset? CompletionTime { get; set; }

    public int Active { get; set; }

    public int Succeeded { get; set; }

    public int Failed { get; set; }

    public int? Ready { get; set; }

    public CompletedIndexes CompletedIndexes { get; set; } = CompletedIndexes.None;

    /// <summary>The text that was read, while it has not been written anew.</summary>
    public string? CompletedText { get; set; }

    public bool HasUncounted { get; set; }

    public List<int> UncountedSucceeded { get; } = [];

    public List<int> UncountedFailed { get; } = [];

    /// <summary>Whether a terminal condition is true.</summary>
    public bool IsFinished { get; private set; }

    public bool SameAs(JobStatusColumns other) =>
        Active == other.Active && Succeeded == other.Succeeded && Failed == other.Failed && Ready == other.Ready
        && StartTime == other.StartTime && CompletionTime == other.CompletionTime && HasUncounted == other.HasUncounted
        && (ReferenceEquals(CompletedIndexes, other.CompletedIndexes) || CompletedIndexes.Runs.SequenceEqual(other.CompletedIndexes.Runs))
        && (Conditions == other.Conditions || Conditions.SequenceEqual(other.Conditions))
        && Same(UncountedSucceeded, other.UncountedSucceeded) && Same(UncountedFailed, other.UncountedFailed);

    public void CopyFrom(JobStatusColumns other)
    {
        Conditions = other.Conditions;
        StartTime = other.StartTime;
        CompletionTime = other.CompletionTime;
        Active = other.Active;
        Succeeded = other.Succeeded;
        Failed = other.Failed;
        Ready = other.Ready;
        CompletedIndexes = other.CompletedIndexes;
        CompletedText = other.CompletedText;
        HasUncounted = other.HasUncounted;
        UncountedSucceeded.Clear();
        UncountedSucceeded.AddRange(other.UncountedSucceeded);
        UncountedFailed.Clear();
        UncountedFailed.AddRange(other.UncountedFailed);
    }

    /// <summary>Cuts times to whole seconds, as storing does.</summary>
    public void TruncateTimes()
    {
        StartTime = Truncate(StartTime);
        CompletionTime = Truncate(CompletionTime);
        for (var i = 0; i < Conditions.Length; i++)
        {
            var condition = Conditions[i];
            var probe = Truncate(condition.LastProbeTime);
            var transition = Truncate(condition.LastTransitionTime);
            if (probe != condition.LastProbeTime || transition != condition.LastTransitionTime)
            {
                Conditions = Conditions.SetItem(i, condition with { LastProbeTime = probe, LastTransitionTime = transition });
            }
        }
    }

    public JobStatus ToStatus(Func<int, string> uidOf) => new()
    {
        Conditions = Conditions,
        StartTime = StartTime,
        CompletionTime = CompletionTime,
        Active = Active,
        Succeeded = Succeeded,
        Failed = Failed,
        Ready = Ready,
        CompletedIndexes = CompletedText ?? CompletedIndexes.ToString(),
        UncountedTerminatedPods = HasUncounted
            ? new() { Succeeded = [.. UncountedSucceeded.Select(uidOf)], Failed = [.. UncountedFailed.Select(uidOf)] }
            : null,
    };

    private static bool Same(List<int> first, List<int> second) => CollectionsMarshal.AsSpan(first).SequenceEqual(CollectionsMarshal.AsSpan(second));

    private static DateTimeOffset? Truncate(DateTimeOffset? time) =>
        time is { } value ? value.AddTicks(-(value.Ticks % TimeSpan.TicksPerSecond)) : null;

    private static bool IsTrue(ImmutableArray<Condition> conditions, string type)
    {
        foreach (var condition in conditions)
        {
            if (condition.Type == type && condition.Status == "True")
            {
                return true;
            }
        }

        return false;
    }
}
