using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Planning.Bounds;
using K124.Sim.Planning.Internal;
using K124.Sim.Planning.Room;

namespace K124.Sim.Planning.Shrinking;

/// <summary>One search for the nodes that can go.</summary>
internal sealed class ShrinkSearch
{
    private const int ProgressInterval = 16;

    private readonly PlanningWorld _world;
    private readonly ShrinkRequest _request;
    private readonly EvictionWorld _evictions;
    private readonly UtilizationMeter _meter;
    private readonly List<ShrinkStep> _steps = [];
    private readonly Dictionary<string, KeptNode> _kept = new(StringComparer.Ordinal);

    public ShrinkSearch(PlanningWorld world, ShrinkRequest request)
    {
        (_world, _request) = (world, request);
        _evictions = new(world);
        _meter = new(_evictions.Scheduler);
    }

    public ShrinkPlan Run(IProgress<PlanProgress>? progress, CancellationToken cancellationToken)
    {
        var candidates = Candidates().ToList();
        var tried = 0;
        bool hasGone;
        do
        {
            hasGone = false;
            foreach (var node in candidates.ToArray())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_steps.Count >= _request.MostNodes)
                {
                    break;
                }

                if (TryRemove(node, cancellationToken))
                {
                    candidates.Remove(node);
                    hasGone = true;
                }

                if (++tried % ProgressInterval == 0)
                {
                    progress?.Report(new(tried, null));
                }
            }
        }
        while (hasGone && candidates.Count > 0 && _steps.Count < _request.MostNodes);

        var gone = _steps.Select(static step => step.NodeName).ToHashSet(StringComparer.Ordinal);
        return new()
        {
            Steps = [.. _steps],
            Kept =
            [
                .. _world.Cluster.Nodes.Select(static node => node.Metadata.Name).Where(name => !gone.Contains(name))
                    .Select(name => _kept.GetValueOrDefault(name) ?? new(name, ShrinkBlocker.NotAsked, "", "")),
            ],
            Bound = Bound(cancellationToken),
            Utilization = [.. _meter.Read().Where(node => !gone.Contains(node.NodeName))],
            Notices = [.. _world.Settled.Notices, .. _world.DaemonNotices],
        };
    }

    /// <summary>The nodes that may go, the emptiest first.</summary>
    private IEnumerable<Node> Candidates()
    {
        var scheduler = _evictions.Scheduler;
        Node[] nodes = _request.Nodes.IsEmpty
            ? [.. _world.Cluster.Nodes]
            : [.. _request.Nodes.Select(name => _world.Cluster.Nodes.Find(name) ?? throw new ArgumentException($"there is no node '{name}'"))];
        return nodes.OrderBy(Load).ThenBy(static node => node.Metadata.Name, StringComparer.Ordinal);

        double Load(Node node)
        {
            var moving = _evictions.PodsOn(node.Metadata.Name).Where(static pod => Successors.StayReason(pod).Length == 0).SelectMany(scheduler.RequestsOf);
            var row = scheduler.RowOfNode(node.Metadata.Name);
            return moving.GroupBy(static request => request.Resource, StringComparer.Ordinal)
                .Select(group => group.Sum(static request => (double)request.Amount) / Math.Max(1, scheduler.AllocatableOf(group.Key, row))).DefaultIfEmpty().Max();
        }
    }

    private bool TryRemove(Node node, CancellationToken cancellationToken)
    {
        var name = node.Metadata.Name;
        var pods = _evictions.PodsOn(name).Where(static pod => Successors.StayReason(pod).Length == 0).ToArray();
        string[] bare = [.. pods.Where(Successors.IsBare).Select(static pod => ObjectKey.Of(pod).ToString())];
        if (bare.Length > 0 && !_request.Force)
        {
            _kept[name] = new(name, ShrinkBlocker.BarePod, bare[0], NodeDrain.Refusal(bare));
            return false;
        }

        ImmutableArray<DrainedPod> drained = [];
        var goes = _evictions.Try(() =>
        {
            _evictions.Cordon(node);
            drained = _evictions.EvictAll(pods, stopsAtFailure: true, cancellationToken);
            if (drained.Any(static pod => pod.Fate is DrainFate.Unplaced or DrainFate.Blocked))
            {
                return false;
            }

            _evictions.Remove(name);
            return true;
        });
        if (goes)
        {
            _kept.Remove(name);
            _steps.Add(new(name, drained));
            return true;
        }

        var holding = drained.First(static pod => pod.Fate is DrainFate.Unplaced or DrainFate.Blocked);
        _kept[name] = holding.Fate == DrainFate.Blocked
            ? new(name, ShrinkBlocker.DisruptionBudget, ObjectKey.Of(holding.Pod).ToString(), holding.Reason)
            : new(name, BlockerOf(holding.Replacement!), ObjectKey.Of(holding.Pod).ToString(), holding.Replacement!.Result.Message);
        return false;
    }

    /// <summary>Whether it is room that is missing, or the nodes with room do not suit.</summary>
    private static ShrinkBlocker BlockerOf(PodPlacement placement)
    {
        var reasons = placement.Result.Reasons;
        if (reasons.Any(static reason => reason.Reason.StartsWith("Insufficient", StringComparison.Ordinal) || reason.Reason == "Too many pods")
            || reasons.All(static reason => reason.Reason == "node(s) were unschedulable"))
        {
            return ShrinkBlocker.Room;
        }

        return reasons.Any(static reason => reason.Reason.Contains("volume", StringComparison.Ordinal) || reason.Reason.Contains("persistent", StringComparison.OrdinalIgnoreCase))
            ? ShrinkBlocker.Volume
            : ShrinkBlocker.Placement;
    }

    /// <summary>The least number of nodes with room for all pods that are on nodes now, DaemonSets' and the nodes' own aside.</summary>
    private Certificate Bound(CancellationToken cancellationToken)
    {
        var scheduler = _world.Warm;
        var pods = _world.Cluster.Pods.Where(pod => pod.Spec.NodeName.Length > 0 && Owners.IsActive(pod) && Successors.StayReason(pod).Length == 0 && scheduler.HasNode(pod.Spec.NodeName)).ToArray();
        var demand = new Demand(pods, _world.Options);
        var staying = scheduler.NodeRows.ToDictionary(static row => row, row => Staying(scheduler.NodeNameOf(row)));
        var misplaced = pods.Where(pod => !demand.IsAccepted(demand.ShapeOf(pod), Open(scheduler.NodeOf(scheduler.RowOfNode(pod.Spec.NodeName))))).Select(demand.ShapeOf).ToHashSet();
        var accepts = new List<bool[]>();
        var bins = new Dictionary<string, (PackingBin Bin, int Count)>(StringComparer.Ordinal);
        var classes = NodeClasses.Of(scheduler);
        for (var i = 0; i < classes.Classes.Length; i++)
        {
            foreach (var row in classes.Rows[i])
            {
                var capacity = demand.CapacityOf(resource => scheduler.AllocatableOf(resource, row) - staying[row].GetValueOrDefault(resource));
                bool[] set = [.. demand.AcceptedBy(Open(scheduler.NodeOf(row))).Select((isAccepted, shape) => isAccepted || misplaced.Contains(shape))];
                var index = accepts.FindIndex(known => known.AsSpan().SequenceEqual(set));
                if (index < 0)
                {
                    index = accepts.Count;
                    accepts.Add(set);
                }

                var key = $"{index}: {string.Join(' ', capacity)}";
                bins[key] = bins.TryGetValue(key, out var known) ? (known.Bin, known.Count + 1) : (new(classes.Classes[i].Name, capacity, PackingProblem.Scale, 1, index), 1);
            }
        }

        var problem = new PackingProblem(demand.Resources, demand.Shapes, [.. bins.Values.Select(static item => item.Bin with { Limit = item.Count })], [.. accepts]);
        return LowerBound.Of(problem, CertificateObjective.Nodes, cancellationToken).Certificate;
    }

    /// <summary>A node that is closed to new pods may keep those that it has.</summary>
    private static Node Open(Node node) => node.Spec.Unschedulable || !node.Spec.Taints.IsEmpty ? node with { Spec = node.Spec with { Unschedulable = false, Taints = [] } } : node;

    private Dictionary<string, long> Staying(string node)
    {
        var amounts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var pod in _world.PodsOn(node).Where(static pod => Owners.IsActive(pod) && Successors.StayReason(pod).Length > 0))
        {
            foreach (var (resource, amount) in _world.Warm.RequestsOf(pod))
            {
                amounts[resource] = amounts.GetValueOrDefault(resource) + amount;
            }
        }

        return amounts;
    }
}
