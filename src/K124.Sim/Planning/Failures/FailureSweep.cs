using K124.Sim.Model;
using K124.Sim.Planning.Internal;
using K124.Sim.Planning.Room;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Failures;

/// <summary>Goes through losses, each for itself.</summary>
internal sealed class FailureSweep
{
    private const int ProgressInterval = 16;

    private static readonly Taint[] Unreachable =
        [new() { Key = "node.kubernetes.io/unreachable", Effect = "NoSchedule" }, new() { Key = "node.kubernetes.io/unreachable", Effect = "NoExecute" }];

    private readonly PlanningWorld _world;
    private readonly SurviveRequest _request;
    private readonly Scheduler _scheduler;
    private readonly FailureSets _sets;
    private readonly Successors _successors;
    private readonly EvictionBudgets _budgets;
    private readonly Dictionary<ObjectKey, PlannedPod> _next = [];
    private readonly string[] _resources;
    private readonly long[] _freeToday;
    private readonly Dictionary<PodSpec, IReadOnlyList<(string Resource, long Amount)>> _requests = new(ReferenceEqualityComparer.Instance);
    private readonly RoomCount[] _shapes;

    public FailureSweep(PlanningWorld world, SurviveRequest request)
    {
        (_world, _request) = (world, request);
        _scheduler = world.Fork();
        _resources = _scheduler.ResourcesInUse;
        _freeToday = [.. _resources.Select(resource => _scheduler.NodeRows.Sum(row => _scheduler.FreeOf(resource, row)))];
        _sets = new(world.Cluster, request, LoadOf);
        _successors = new(world.Cluster, world.Owners);
        _budgets = new(world.Cluster);
        var admission = new PodAdmission(world.Cluster);
        _shapes = [.. request.Shapes.Select(pod => new RoomCount(admission.Admit(pod, $"Pod {ObjectKey.Of(pod)}"), world.Options))];
    }

    public SurvivePlan Run(IProgress<PlanProgress>? progress, CancellationToken cancellationToken)
    {
        var outcomes = new FailureOutcome[_sets.Count];
        var least = (long[])_freeToday.Clone();
        var leastName = new string[least.Length];
        long[] unitsToday = [.. _shapes.Select(shape => shape.Units(_scheduler, cancellationToken))];
        var units = (long[])unitsToday.Clone();
        var unitsName = new string[units.Length];
        for (var i = 0; i < outcomes.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var free = (long[])_freeToday.Clone();
            using var checkpoint = _scheduler.Checkpoint();
            outcomes[i] = Lose(i, _sets[i], free);
            Note(free, least, leastName, outcomes[i].Name);
            Note([.. _shapes.Select(shape => shape.Units(_scheduler, cancellationToken))], units, unitsName, outcomes[i].Name);
            _scheduler.Rollback(checkpoint);
            if ((i + 1) % ProgressInterval == 0)
            {
                progress?.Report(new(i + 1, outcomes.Length));
            }
        }

        progress?.Report(new(outcomes.Length, outcomes.Length));
        return new()
        {
            Failures = [.. outcomes.OrderByDescending(static item => item.Pending).ThenByDescending(static item => item.Lost).ThenByDescending(static item => item.BrokenBudgets.Length).ThenByDescending(static item => item.Evicted).ThenBy(static item => item.Index)],
            Possible = _sets.Possible,
            LeastFree = [.. _resources.Select((resource, i) => new LeastRoom(resource, _freeToday[i], least[i], leastName[i] ?? ""))],
            LeastUnits = [.. _shapes.Select((shape, i) => new LeastRoom(ObjectKey.Of(shape.Pod).ToString(), unitsToday[i], units[i], unitsName[i] ?? ""))],
            Notices = [.. _world.Settled.Notices, .. _world.DaemonNotices, .. Narrowed()],
        };
    }

    private IEnumerable<string> Narrowed() => _sets.Possible == _sets.Count
        ? []
        : [FormattableString.Invariant($"{_sets.Count} of {_sets.Possible} losses were gone through{(_request.Scope == FailureScope.TwoNodes ? ": the pairs of the fullest nodes" : "")}.")];

    private static void Note(long[] now, long[] least, string[] names, string name)
    {
        for (var i = 0; i < now.Length; i++)
        {
            if (now[i] < least[i] || (names[i] is null && now[i] == least[i]))
            {
                (least[i], names[i]) = (now[i], name);
            }
        }
    }

    private double LoadOf(string node)
    {
        var row = _scheduler.RowOfNode(node);
        return _resources.Max(resource => _scheduler.AllocatableOf(resource, row) is > 0 and var all ? (double)_scheduler.RequestedOf(resource, row) / all : 0);
    }

    /// <summary>Takes the nodes away, and places what takes the place of their pods.</summary>
    private FailureOutcome Lose(int index, FailureSet set, long[] free)
    {
        foreach (var name in set.Nodes)
        {
            var row = _scheduler.RowOfNode(name);
            for (var i = 0; i < free.Length; i++)
            {
                free[i] -= _scheduler.FreeOf(_resources[i], row);
            }
        }

        var pods = set.Nodes.SelectMany(_world.PodsOn).ToArray();
        foreach (var name in set.Nodes)
        {
            TakeAway(name);
        }

        foreach (var pod in pods)
        {
            _scheduler.Delete(ApiKind.Of<Pod>(), ObjectKey.Of(pod));
        }

        var health = new BudgetHealth(_budgets);
        var (moving, lost, gone) = Sort(pods, health);
        health.MarkLoss();
        var (placed, reasons) = PlaceAgain(moving, health, free);
        return new()
        {
            Index = index,
            Name = set.Name,
            Nodes = set.Nodes.Length,
            Evicted = moving.Count,
            Placed = placed,
            Pending = moving.Count - placed,
            Lost = lost,
            Gone = gone,
            Reasons = [.. reasons.Select(static reason => new PendingGroup(reason.Value.Source, reason.Value.Pods, reason.Key))],
            BrokenBudgets = health.Broken(),
        };
    }

    private void TakeAway(string name)
    {
        if (_request.StayListed)
        {
            var node = _world.Cluster.Nodes[new("", name)];
            _scheduler.Apply(node with { Spec = node.Spec with { Taints = [.. node.Spec.Taints, .. Unreachable] } });
        }
        else
        {
            _scheduler.Delete(ApiKind.Of<Node>(), new("", name));
        }
    }

    private (List<PlannedPod> Moving, int Lost, int Gone) Sort(Pod[] pods, BudgetHealth health)
    {
        var (moving, lost, gone) = (new List<PlannedPod>(pods.Length), 0, 0);
        var surplus = new Dictionary<(string Kind, string Namespace, string Name), int>();
        foreach (var pod in pods)
        {
            health.Lose(pod);
            if (!Owners.IsActive(pod))
            {
                continue;
            }

            if (Successors.StayReason(pod).Length > 0)
            {
                gone++;
            }
            else if (ControllerReference.ControllerOf(pod) is not { } owner)
            {
                lost++;
            }
            else
            {
                var key = (owner.Kind, pod.Metadata.Namespace, owner.Name);
                var left = surplus.TryGetValue(key, out var known) ? known : _successors.SurplusOf(pod);
                surplus[key] = left - 1;
                if (left <= 0)
                {
                    moving.Add(NextOf(pod));
                }
            }
        }

        return (moving, lost, gone);
    }

    private PlannedPod NextOf(Pod pod)
    {
        var key = ObjectKey.Of(pod);
        if (!_next.TryGetValue(key, out var next))
        {
            next = _successors.Of(pod);
            _next.Add(key, next);
        }

        return next;
    }

    private (int Placed, Dictionary<string, (string Source, int Pods)> Reasons) PlaceAgain(List<PlannedPod> pods, BudgetHealth health, long[] free)
    {
        var reasons = new Dictionary<string, (string Source, int Pods)>(StringComparer.Ordinal);
        var claims = new PlannedClaims(_world.Cluster);
        var placed = 0;
        foreach (var (pod, source, _, _) in pods.OrderByDescending(static planned => planned.Pod.Spec.Priority ?? 0))
        {
            foreach (var claim in claims.Of(pod))
            {
                _scheduler.Apply(claim);
            }

            var decision = _scheduler.Place(pod);
            if (decision.IsScheduled)
            {
                placed++;
                health.Gain(pod);
                Charge(pod, free);
            }
            else
            {
                var message = decision.ToResult().Message;
                reasons[message] = reasons.TryGetValue(message, out var known) ? (known.Source, known.Pods + 1) : (source, 1);
            }
        }

        return (placed, reasons);
    }

    private void Charge(Pod pod, long[] free)
    {
        if (!_requests.TryGetValue(pod.Spec, out var requests))
        {
            requests = _scheduler.RequestsOf(pod);
            _requests.Add(pod.Spec, requests);
        }

        foreach (var (resource, amount) in requests)
        {
            var index = Array.IndexOf(_resources, resource);
            if (index >= 0)
            {
                free[index] -= amount;
            }
        }
    }
}
