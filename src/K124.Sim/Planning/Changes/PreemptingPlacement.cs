using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Planning.Internal;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Changes;

/// <summary>Places pods by priority; if need be, others of lower priority are evicted for them and wait once more.</summary>
internal sealed class PreemptingPlacement(Scheduler scheduler, Cluster cluster, bool preempts)
{
    private readonly PodAdmission _admission = new(cluster);
    private readonly PlannedClaims _claims = new(cluster);
    private readonly ImmutableArray<PreemptedPod>.Builder _preempted = ImmutableArray.CreateBuilder<PreemptedPod>();
    private readonly Dictionary<ObjectKey, PlacedPod> _placed = [];
    private readonly HashSet<ObjectKey> _evicted = [];
    private readonly PriorityQueue<Pod, (int Priority, int Number)> _queue = new();
    private int _number;

    /// <summary>What became of the pods, and of those that were evicted for them.</summary>
    public IEnumerable<PlacedPod> Placed => _placed.Values;

    public ImmutableArray<PreemptedPod> Preempted => _preempted.ToImmutable();

    /// <summary>Whether a pod that was there is not any more.</summary>
    public bool IsEvicted(Pod pod) => _evicted.Contains(ObjectKey.Of(pod));

    public void Run(IEnumerable<Pod> pods, CancellationToken cancellationToken)
    {
        foreach (var pod in pods)
        {
            Enqueue(_admission.Admit(pod, $"Pod {ObjectKey.Of(pod)}"));
        }

        while (_queue.TryDequeue(out var pod, out _))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Place(pod);
        }
    }

    private void Enqueue(Pod pod) => _queue.Enqueue(pod, (-(pod.Spec.Priority ?? 0), _number++));

    private void Place(Pod pod)
    {
        var key = ObjectKey.Of(pod);
        foreach (var claim in _claims.Of(pod))
        {
            scheduler.Apply(claim);
        }

        var decision = scheduler.Place(pod);
        if (decision.IsScheduled)
        {
            _placed[key] = new(key, decision.NodeName);
            return;
        }

        var result = decision.ToResult();
        if (!preempts || result.Preemption is not { Outcome: PreemptionOutcome.Nominated, Nominated: { } nominated })
        {
            _placed[key] = new(key, null, result.Message);
            return;
        }

        foreach (var victim in nominated.Victims)
        {
            Evict(victim, nominated.NodeName, key);
        }

        // The nominated node is looked at first, as in the attempt that follows the victims' end.
        var again = scheduler.Place(pod with { Status = pod.Status with { NominatedNodeName = nominated.NodeName } });
        _placed[key] = again.IsScheduled ? new(key, again.NodeName) : new(key, null, again.ToResult().Message);
    }

    private void Evict(Pod victim, string node, ObjectKey preemptor)
    {
        var key = ObjectKey.Of(victim);
        scheduler.Delete(ApiKind.Of<Pod>(), key);
        _evicted.Add(key);
        _placed.Remove(key);
        _preempted.Add(new(key.ToString(), node, preemptor.ToString()));
        if (!Successors.IsBare(victim))
        {
            Enqueue(victim with { Metadata = victim.Metadata with { Uid = "" }, Spec = victim.Spec with { NodeName = "" }, Status = new() });
        }
    }
}
