using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.Queue;
using K124.Sim.Text;

namespace K124.Sim.Scheduling.Loop;

// One attempt: the scheduling cycle, and the handling of its failure.
public sealed partial class SchedulingSimulation
{
    private const string ReasonUnschedulable = "Unschedulable";
    private const string ReasonSchedulerError = "SchedulerError";
    private const int LongestNoteBytes = 1024;

    private void Try(QueuedPodInfo info)
    {
        var pod = info.Pod;
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            Note(pod, SchedulingLogKind.Skipped);
            Record(pod, "Warning", "FailedScheduling", "Scheduling", $"skip schedule deleting pod: {ObjectKey.Of(pod)}");
            return;
        }

        if (_assumed.Find(info.Key) is { } assumed)
        {
            Note(pod, SchedulingLogKind.Skipped);
            if (assumed.Metadata.Uid != pod.Metadata.Uid)
            {
                // The binding of a pod of this name that is gone has yet to fail; its failure wakes this one.
                _queue.AddUnschedulableIfNotPresent(info, pod, []);
            }

            return;
        }

        var decision = _scheduler.Decide(pod);
        if (decision.NodeName is { } node)
        {
            Note(Attempt(info, SchedulingLogKind.Scheduled) with { Node = node });
            Assume(info, node);
        }
        else
        {
            HandleRejection(info, decision.Failure!);
        }
    }

    /// <summary>No node was chosen: carries out preemption, and lets the pod wait.</summary>
    private void HandleRejection(QueuedPodInfo info, SchedulingResult result)
    {
        if (result.Outcome == SchedulingOutcome.Error)
        {
            HandleFailure(info, new(SchedulingLogKind.Error, CycleErrorReason, result.Message, NominatingInfo.Cleared, default));
            return;
        }

        if (result.Preemption is not { } preemption)
        {
            HandleFailure(info, new(SchedulingLogKind.Unschedulable, ReasonUnschedulable, result.Message, NominatingInfo.Cleared, default));
            return;
        }

        if (preemption.Nominated is { } candidate)
        {
            Evict(info.Pod, candidate);
            foreach (var cleared in preemption.ClearedNominations)
            {
                ClearNominatedNodeName(cleared);
            }
        }

        var nominating = preemption.Outcome switch
        {
            PreemptionOutcome.Nominated => NominatingInfo.To(preemption.Nominated!.NodeName),
            PreemptionOutcome.NoCandidates => NominatingInfo.Cleared,
            _ => NominatingInfo.Unchanged,
        };
        HandleFailure(info, new(SchedulingLogKind.Unschedulable, ReasonUnschedulable, result.Message, nominating, FailedPlugins.Of(result)) { Preemption = preemption });
    }

    private string CycleErrorReason => _options.Scheduler.Release.ReportsCycleErrorsAsSchedulerError ? ReasonSchedulerError : ReasonUnschedulable;

    private void Evict(Pod preemptor, PreemptionCandidate candidate)
    {
        var note = _options.Scheduler.Release.HidesPreemptorInVictimEvents
            ? $"Preempted by a pod on node {candidate.NodeName}"
            : $"Preempted by {ObjectKey.Of(preemptor)} on node {candidate.NodeName}";
        foreach (var victim in candidate.Victims)
        {
            if (Find(ObjectKey.Of(victim)) is { } stored && stored.Metadata.Uid == victim.Metadata.Uid)
            {
                BeginDeletion(stored);
            }

            Record(victim, "Normal", "Preempted", "Preempting", note);
        }
    }

    private void ClearNominatedNodeName(ObjectKey key)
    {
        if (Find(key) is { Status.NominatedNodeName.Length: > 0 } pod)
        {
            Store(pod with { Status = pod.Status with { NominatedNodeName = "" } });
        }
    }

    /// <summary>Puts a pod back, takes note of its nomination, records the event and patches the status, in this order.</summary>
    private void HandleFailure(QueuedPodInfo info, Failure failure)
    {
        var place = QueuedPodPlace.None;
        var stored = Find(info.Key);
        if (stored is { Spec.NodeName.Length: 0 } && _queue.AddUnschedulableIfNotPresent(info, stored, failure.UnschedulablePlugins))
        {
            place = info.Place;
        }

        var pod = info.Pod;
        _queue.Nominator.Add(pod, failure.Nominating);
        Note(Attempt(info, failure.Kind) with
        {
            Node = failure.Nominating.NodeName ?? "",
            Reason = failure.Reason,
            Message = failure.Message,
            UnschedulablePlugins = info.UnschedulablePlugins,
            Victims = [.. (failure.Preemption?.Nominated?.Victims ?? []).Select(static victim => ObjectKey.Of(victim).ToString())],
            ClearedNominations = [.. (failure.Preemption?.ClearedNominations ?? []).Select(static cleared => cleared.ToString())],
            Place = place,
        });
        Record(pod, "Warning", "FailedScheduling", "Scheduling", Utf8Text.Truncate(failure.Message, LongestNoteBytes));
        PatchStatus(pod, failure);
    }

    private void PatchStatus(Pod pod, Failure failure)
    {
        if (Find(ObjectKey.Of(pod)) is not { } stored || stored.Metadata.Uid != pod.Metadata.Uid)
        {
            return;
        }

        var status = PodConditions.With(
            stored.Status, new() { Type = "PodScheduled", Status = "False", Reason = failure.Reason, Message = failure.Message }, WholeSecond(Now));
        if (failure.Nominating.NodeName is { } nominated)
        {
            status = status with { NominatedNodeName = nominated };
        }

        if (status != stored.Status)
        {
            Store(stored with { Status = status });
        }
    }

    private SchedulingLogEntry Attempt(QueuedPodInfo info, SchedulingLogKind kind) =>
        new() { Time = Now, Kind = kind, Object = info.Key.ToString(), Attempt = info.Attempts };

    private void Record(Pod pod, string type, string reason, string action, string note) => Note(new()
    {
        Time = Now,
        Kind = SchedulingLogKind.Event,
        Object = ObjectKey.Of(pod).ToString(),
        Type = type,
        Reason = reason,
        Action = action,
        Message = note,
    });

    /// <summary>How an attempt failed.</summary>
    /// <param name="Kind">What the log calls it.</param>
    /// <param name="Reason">Reason of the condition.</param>
    /// <param name="Message">Message of the condition, and of the event.</param>
    /// <param name="Nominating">What becomes of the nomination.</param>
    /// <param name="UnschedulablePlugins">Plugins that rejected the pod; default to leave those of the attempt before.</param>
    private sealed record Failure(SchedulingLogKind Kind, string Reason, string Message, NominatingInfo Nominating, ImmutableArray<string> UnschedulablePlugins)
    {
        public PreemptionResult? Preemption { get; init; }
    }
}
