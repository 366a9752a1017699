using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Scheduling.Queue;
using K124.Sim.Text;

namespace K124.Sim.Scheduling.Loop;

public sealed partial class SchedulerLoop
{
    private const string ReasonUnschedulable = "Unschedulable";
    private const string ReasonSchedulerError = "SchedulerError";
    private const int LongestNoteBytes = 1024;

    private string CycleErrorReason => _options.Release.ReportsCycleErrorsAsSchedulerError ? ReasonSchedulerError : ReasonUnschedulable;

    /// <summary>One scheduling cycle.</summary>
    private void Try(QueuedPodInfo info, IApiClient api)
    {
        var pod = info.Pod;
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            api.Record(ApiEvent.Warning(pod, "FailedScheduling", $"skip schedule deleting pod: {ObjectKey.Of(pod)}", Name));
            return;
        }

        if (_assumed.Find(info.Key) is { } assumed)
        {
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
            Assume(info, node, api);
        }
        else
        {
            HandleRejection(info, decision.Failure!, api);
        }
    }

    /// <summary>No node was chosen: carries out preemption, and lets the pod wait.</summary>
    private void HandleRejection(QueuedPodInfo info, SchedulingResult result, IApiClient api)
    {
        if (result.Outcome == SchedulingOutcome.Error)
        {
            HandleFailure(info, new(CycleErrorReason, result.Message, NominatingInfo.Cleared, default), api);
            return;
        }

        if (result.Preemption is not { } preemption)
        {
            HandleFailure(info, new(ReasonUnschedulable, result.Message, NominatingInfo.Cleared, default), api);
            return;
        }

        if (preemption.Nominated is { } candidate)
        {
            Evict(info.Pod, candidate, api);
            foreach (var cleared in preemption.ClearedNominations)
            {
                ClearNominatedNodeName(cleared, api);
            }
        }

        var nominating = preemption.Outcome switch
        {
            PreemptionOutcome.Nominated => NominatingInfo.To(preemption.Nominated!.NodeName),
            PreemptionOutcome.NoCandidates => NominatingInfo.Cleared,
            _ => NominatingInfo.Unchanged,
        };
        HandleFailure(info, new(ReasonUnschedulable, result.Message, nominating, FailedPlugins.Of(result)), api);
    }

    private void Evict(Pod preemptor, PreemptionCandidate candidate, IApiClient api)
    {
        var note = _options.Release.HidesPreemptorInVictimEvents
            ? $"Preempted by a pod on node {candidate.NodeName}"
            : $"Preempted by {ObjectKey.Of(preemptor)} on node {candidate.NodeName}";
        foreach (var victim in candidate.Victims)
        {
            api.Delete<Pod>(ObjectKey.Of(victim), new() { Uid = victim.Metadata.Uid });
            api.Record(ApiEvent.Normal(victim, "Preempted", note, Name));
        }
    }

    private static void ClearNominatedNodeName(ObjectKey key, IApiClient api)
    {
        if (api.Get<Pod>(key) is { Status.NominatedNodeName.Length: > 0 } pod)
        {
            api.UpdateStatus(pod with { Status = pod.Status with { NominatedNodeName = "" } });
        }
    }

    /// <summary>Puts a pod back, takes note of its nomination, records the event and changes the status, in this order.</summary>
    private void HandleFailure(QueuedPodInfo info, Failure failure, IApiClient api)
    {
        if (_podCache.Find(info.Key) is { Spec.NodeName.Length: 0 } stored)
        {
            _queue.AddUnschedulableIfNotPresent(info, stored, failure.UnschedulablePlugins);
        }

        var pod = info.Pod;
        _queue.Nominator.Add(pod, failure.Nominating);
        api.Record(ApiEvent.Warning(pod, "FailedScheduling", Utf8Text.Truncate(failure.Message, LongestNoteBytes), Name));
        WriteStatus(pod, failure, api);
    }

    private static void WriteStatus(Pod pod, Failure failure, IApiClient api)
    {
        if (api.Get<Pod>(ObjectKey.Of(pod)) is not { } stored || stored.Metadata.Uid != pod.Metadata.Uid)
        {
            return;
        }

        var condition = new Condition { Type = "PodScheduled", Status = "False", Reason = failure.Reason, Message = failure.Message };
        var status = PodConditions.With(stored.Status, condition, WholeSecond(api.Now));
        if (failure.Nominating.NodeName is { } nominated)
        {
            status = status with { NominatedNodeName = nominated };
        }

        if (status != stored.Status)
        {
            api.UpdateStatus(stored with { Status = status });
        }
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond));

    /// <summary>How an attempt failed.</summary>
    /// <param name="Reason">Reason of the condition.</param>
    /// <param name="Message">Message of the condition, and of the event.</param>
    /// <param name="Nominating">What becomes of the nomination.</param>
    /// <param name="UnschedulablePlugins">Plugins that rejected the pod; default to leave those of the attempt before.</param>
    private sealed record Failure(string Reason, string Message, NominatingInfo Nominating, ImmutableArray<string> UnschedulablePlugins);
}
