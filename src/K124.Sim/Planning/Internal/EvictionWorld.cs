using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Internal;

/// <summary>A cluster from which nodes are emptied: evictions as budgets allow, other pods in their place, and steps that can be taken back.</summary>
internal sealed class EvictionWorld
{
    private readonly PlanningWorld _world;
    private readonly Successors _successors;
    private readonly Dictionary<string, ImmutableArray<Pod>> _podsOn = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Namespace, string Name), int> _surplus = [];
    private readonly Stack<Action> _undo = [];
    private EvictionBudgets _budgets;

    public EvictionWorld(PlanningWorld world)
    {
        _world = world;
        Scheduler = world.Fork();
        _successors = new(world.Cluster, world.Owners);
        _budgets = new(world.Cluster);
        Claims = new(world.Cluster);
    }

    public Scheduler Scheduler { get; }

    /// <summary>The claims that were made for pods.</summary>
    public PlannedClaims Claims { get; private set; }

    /// <summary>The pods on a node now.</summary>
    public ImmutableArray<Pod> PodsOn(string node)
    {
        if (!_podsOn.TryGetValue(node, out var pods))
        {
            pods = [.. _world.PodsOn(node)];
            _podsOn.Add(node, pods);
        }

        return pods;
    }

    /// <summary>Does something, and takes it back unless it is to stay.</summary>
    /// <param name="step">The step; tells whether it is to stay.</param>
    public bool Try(Func<bool> step)
    {
        using var checkpoint = Scheduler.Checkpoint();
        var budgets = _budgets.Copy();
        _undo.Clear();
        if (step())
        {
            return true;
        }

        Scheduler.Rollback(checkpoint);
        _budgets = budgets;
        Claims = new(_world.Cluster);
        while (_undo.TryPop(out var undo))
        {
            undo();
        }

        return false;
    }

    /// <summary>Closes a node to further pods.</summary>
    public void Cordon(Node node) => Scheduler.Apply(node with { Spec = node.Spec with { Unschedulable = true } });

    /// <summary>Takes a node away, with what stays on it.</summary>
    public void Remove(string node)
    {
        foreach (var pod in PodsOn(node))
        {
            Scheduler.Delete(ApiKind.Of<Pod>(), ObjectKey.Of(pod));
        }

        Set(node, []);
        Scheduler.Delete(ApiKind.Of<Node>(), new("", node));
    }

    /// <summary>Evicts pods for as long as budgets let one go: what takes its place may let the next one go.</summary>
    /// <param name="pods">The pods.</param>
    /// <param name="stopsAtFailure">Whether to stop at the first pod whose successor finds no room.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The pods that went, in that order, then those that never may.</returns>
    public ImmutableArray<DrainedPod> EvictAll(IEnumerable<Pod> pods, bool stopsAtFailure, CancellationToken cancellationToken)
    {
        var gone = ImmutableArray.CreateBuilder<DrainedPod>();
        var waiting = pods.ToList();
        var refusals = new Dictionary<ObjectKey, string>();
        bool hasGone;
        do
        {
            hasGone = false;
            foreach (var pod in waiting.ToArray())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Owners.IsActive(pod) && _budgets.TryEvict(pod) is { } refusal)
                {
                    refusals[ObjectKey.Of(pod)] = refusal;
                    continue;
                }

                waiting.Remove(pod);
                hasGone = true;
                gone.Add(Replace(pod));
                if (gone[^1] is { Fate: DrainFate.Moved, Replacement: { } next })
                {
                    MarkReady(next.Pod);
                }

                if (stopsAtFailure && gone[^1].Fate == DrainFate.Unplaced)
                {
                    return gone.ToImmutable();
                }
            }
        }
        while (hasGone && waiting.Count > 0);

        gone.AddRange(waiting.Select(pod => new DrainedPod(pod, DrainFate.Blocked, refusals[ObjectKey.Of(pod)])));
        return gone.ToImmutable();
    }

    /// <summary>Asks the budgets to let a pod go now.</summary>
    /// <returns>Why they do not; null if it is to go.</returns>
    public string? TryEvict(Pod pod) => Owners.IsActive(pod) ? _budgets.TryEvict(pod) : null;

    /// <summary>A pod has become healthy: budgets count it.</summary>
    public void MarkReady(Pod pod) => _budgets.Add(pod);

    /// <summary>Places a pod that found no node before.</summary>
    /// <returns>Whether it finds one now.</returns>
    public bool TryPlace(Pod pod)
    {
        if (Scheduler.Place(pod).NodeName is not { } node)
        {
            return false;
        }

        Set(node, PodsOn(node).Add(pod with { Spec = pod.Spec with { NodeName = node } }));
        return true;
    }

    /// <summary>Takes a pod away, and places what its controller makes in its place; budgets count that once it is ready.</summary>
    public DrainedPod Replace(Pod pod)
    {
        Scheduler.Delete(ApiKind.Of<Pod>(), ObjectKey.Of(pod));
        Set(pod.Spec.NodeName, PodsOn(pod.Spec.NodeName).Remove(pod, ReferenceEqualityComparer.Instance));
        if (!Owners.IsActive(pod))
        {
            return new(pod, DrainFate.Finished);
        }

        if (ControllerReference.ControllerOf(pod) is not { } owner)
        {
            return new(pod, DrainFate.Lost);
        }

        if (IsSurplus(pod, owner))
        {
            return new(pod, DrainFate.Surplus);
        }

        var (next, source, _, _) = _successors.Of(pod);
        foreach (var claim in Claims.Of(next))
        {
            Scheduler.Apply(claim);
        }

        var result = Scheduler.Place(next).ToResult();
        if (result.NodeName is not { } node)
        {
            return new(pod, DrainFate.Unplaced, Replacement: new(next, source, result));
        }

        Set(node, PodsOn(node).Add(next with { Spec = next.Spec with { NodeName = node } }));
        return new(pod, DrainFate.Moved, Replacement: new(next, source, result));
    }

    /// <summary>Whether the controller wants fewer pods than it has, and so lets this one go.</summary>
    private bool IsSurplus(Pod pod, OwnerReference owner)
    {
        var key = (owner.Kind, pod.Metadata.Namespace, owner.Name);
        var surplus = _surplus.TryGetValue(key, out var left) ? left : _successors.SurplusOf(pod);
        if (surplus > 0)
        {
            _surplus[key] = surplus - 1;
            _undo.Push(() => _surplus[key] = surplus);
        }

        return surplus > 0;
    }

    private void Set(string node, ImmutableArray<Pod> pods)
    {
        var before = PodsOn(node);
        _undo.Push(() => _podsOn[node] = before);
        _podsOn[node] = pods;
    }
}
