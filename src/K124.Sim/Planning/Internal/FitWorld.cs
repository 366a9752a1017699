using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Internal;

/// <summary>A settled cluster with a scheduler in it, to find out how much more fits.</summary>
internal sealed class FitWorld
{
    private const int ProgressInterval = 64;

    private readonly Cluster _cluster;
    private readonly Scheduler _scheduler;
    private readonly UtilizationMeter _meter;
    private readonly PodAdmission _admission;
    private readonly PodNames _names;
    private readonly Owners _owners;
    private readonly PlannedClaims _claims;
    private readonly List<string> _notices;
    private readonly SortedDictionary<string, int> _perNode = new(StringComparer.Ordinal);
    private SchedulingResult? _next;

    private FitWorld(SettledCluster settled, Cluster cluster, Owners owners, Scheduler scheduler, IEnumerable<string> daemons, PodNames names, PodAdmission admission)
    {
        (_cluster, _owners, _scheduler, _names, _admission) = (cluster, owners, scheduler, names, admission);
        _claims = new(cluster);
        _notices = [.. settled.Notices, .. daemons];
        _meter = new(_scheduler);
    }

    /// <summary>Makes the world of a question.</summary>
    /// <param name="world">The cluster.</param>
    /// <param name="items">What is to be placed; what makes pods is in the cluster while it does.</param>
    public static FitWorld Of(PlanningWorld world, IReadOnlyList<IApiObject> items)
    {
        if (items.All(item => item is Pod pod && pod.Spec.Affinity is null && world.Cluster.Namespaces.Find(pod.Metadata.Namespace) is not null) && world.DaemonNotices.Count == 0)
        {
            return new(world.Settled, world.Cluster, world.Owners, world.Fork(), [], new(world.Cluster), new(world.Cluster));
        }

        var settled = SettledCluster.Of(world.Given.WithAll(items.Where(static item => item is not Pod)), [.. items.OfType<Pod>()]);
        var owners = new Owners(settled.Cluster);
        var (names, admission) = (new PodNames(settled.Cluster), new PodAdmission(settled.Cluster));
        var cluster = items.OfType<Deployment>().Aggregate(settled.Cluster, (known, deployment) => known.With(TemplatePods.SetOf(deployment, owners)));
        var scheduler = world.Fork(cluster);
        var daemons = DaemonGaps.Of(settled.Cluster, items.OfType<DaemonSet>(), owners, admission, names, takesPending: true).Fill(scheduler);
        return new(settled, cluster, owners, scheduler, daemons, names, admission);
    }

    /// <summary>Places sets until one does not fit.</summary>
    public FitPlan FitSets(IReadOnlyList<IApiObject> items, FitBudget budget)
    {
        Replicas[] members = [.. items.Select(item => Replicas.Of(item, _owners, _admission, _names, _claims))];
        var sets = 0;
        while (sets < budget.MaxReplicas && PlaceSet(members, budget.CancellationToken))
        {
            sets++;
            if (sets % ProgressInterval == 0)
            {
                budget.Progress?.Report(new(sets, null));
            }
        }

        budget.Progress?.Report(new(sets, sets));
        return Plan(sets, [.. members.Select(static member => member.Template)]);
    }

    /// <summary>Places a DaemonSet's pods, one on each node that lacks one.</summary>
    public FitPlan FitDaemons(DaemonSet set, FitBudget budget)
    {
        var covered = _owners.PodsOf(set).Where(Owners.IsActive).Select(DaemonPods.NodeOf).ToHashSet(StringComparer.Ordinal);
        var template = TemplatePods.Of(set.Spec.Template, set, set.Metadata.Name);
        var placed = 0;
        foreach (var node in _cluster.Nodes.Where(node => !covered.Contains(node.Metadata.Name)))
        {
            budget.CancellationToken.ThrowIfCancellationRequested();
            if (placed < budget.MaxReplicas && DaemonPods.For(template, node) is { } pod)
            {
                var named = pod with { Metadata = pod.Metadata with { Name = _names.Next(set.Metadata.Namespace, set.Metadata.Name) } };
                placed += TryPlace(_admission.Admit(named, $"{set.Kind} {ObjectKey.Of(set)}"), []) is null ? 0 : 1;
            }
        }

        return Plan(placed, [template]);
    }

    private bool PlaceSet(Replicas[] members, CancellationToken cancellationToken)
    {
        var placed = new List<(Pod Pod, string Node)>();
        foreach (var member in members)
        {
            for (var i = members.Length == 1 ? 1 : member.PerSet; i > 0; i--)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (pod, claims) = member.Next();
                if (TryPlace(pod, claims) is not { } node)
                {
                    placed.ForEach(TakeBack);
                    return false;
                }

                placed.Add((pod, node));
            }
        }

        return placed.Count > 0;
    }

    /// <summary>A set of which one pod does not fit counts for nothing.</summary>
    private void TakeBack((Pod Pod, string Node) placed)
    {
        _scheduler.Forget(ObjectKey.Of(placed.Pod));
        if (--_perNode[placed.Node] == 0)
        {
            _perNode.Remove(placed.Node);
        }
    }

    /// <summary>Places a pod.</summary>
    /// <returns>Its node, or null; why not is the next one's answer then.</returns>
    private string? TryPlace(Pod pod, IEnumerable<IApiObject> claims)
    {
        foreach (var claim in claims)
        {
            if (claim is PersistentVolumeClaim && _admission.Namespaces.Refusal(claim) is { } refusedClaim)
            {
                _next = SchedulingResult.Failed(refusedClaim);
                return null;
            }

            _scheduler.Apply(claim);
        }

        if (_admission.Refusal(pod) is { } refusal)
        {
            _next = SchedulingResult.Failed(refusal);
            return null;
        }

        var decision = _scheduler.Place(pod);
        if (decision.NodeName is not { } node)
        {
            _next ??= decision.ToResult();
            return null;
        }

        _perNode[node] = _perNode.GetValueOrDefault(node) + 1;
        return node;
    }

    private FitPlan Plan(int replicas, IReadOnlyCollection<Pod> templates) => new()
    {
        Replicas = replicas,
        Nodes = [.. _perNode.Select(static entry => new NodeReplicas(entry.Key, entry.Value)).OrderByDescending(static entry => entry.Replicas)],
        Next = _next,
        Utilization = _meter.Read(),
        Notices = [.. _notices, .. PlanNotices.For(_cluster, templates), .. PlanNotices.ForClaims(_claims, _scheduler)],
    };
}
