using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Scheduling.Plugins;

internal sealed partial class DefaultPreemption
{
    /// <summary>Lets extenders have a say in whom to evict; each is asked about what the one before has left.</summary>
    /// <returns>How the search ends if nothing is left to choose from; null otherwise.</returns>
    /// <remarks>Kubernetes 1.24 pkg/scheduler/framework/preemption (callExtenders).</remarks>
    private PreemptionResult? AskEvictors(Pod pod, ref ImmutableArray<PreemptionCandidate> candidates, Func<ImmutableArray<NodeRejection>> rejected)
    {
        foreach (var extender in _evictors)
        {
            if (candidates.IsEmpty)
            {
                break;
            }

            if (!extender.IsInterestedIn(pod))
            {
                continue;
            }

            var (left, isFailure) = Ask(extender, pod, candidates);
            if (!isFailure)
            {
                candidates = left;
            }
            else if (!extender.Ignorable)
            {
                return new() { Outcome = PreemptionOutcome.Error, RejectedReader = rejected };
            }
        }

        return candidates.IsEmpty ? new() { Outcome = PreemptionOutcome.NoCandidates, Message = MessagePrefix, RejectedReader = rejected } : null;
    }

    /// <summary>The candidates that an extender leaves, as it would have them; a failure if it cannot answer, or answers with what is not there.</summary>
    private (ImmutableArray<PreemptionCandidate> Left, bool IsFailure) Ask(SchedulerExtender extender, Pod pod, ImmutableArray<PreemptionCandidate> candidates)
    {
        var answer = extender.Preempt!(pod, candidates);
        if (answer.Error.Length > 0)
        {
            return ([], true);
        }

        var left = ImmutableArray.CreateBuilder<PreemptionCandidate>();
        foreach (var (name, pods, violations) in answer.Nodes)
        {
            int[] victims = [.. pods.IsDefault ? [] : pods.Select(victim => state.Pods.Find(ObjectKey.Of(victim)))];
            var row = state.Nodes.FindListed(name);
            if (row < 0 || victims.Any(id => id < 0 || !state.Nodes.Pods[row].Contains(id)) || (victims.Length == 0 && !extender.Ignorable))
            {
                return ([], true);
            }

            if (victims.Length > 0)
            {
                left.Add(Candidate(row, [.. victims], violations));
            }
        }

        return (left.DrainToImmutable(), false);
    }
}
