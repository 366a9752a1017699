using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Planning.Internal;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Changes;

/// <summary>A cluster with something different in it.</summary>
internal sealed class Variation
{
    private readonly PlanningWorld _world;
    private readonly WhatIfRequest _request;
    private readonly List<Pod> _staying = [];
    private readonly List<Pod> _waiting = [];
    private readonly HashSet<string> _gone;
    private readonly HashSet<ObjectKey> _changedSets;
    private readonly Dictionary<PodSpec, PodSpec> _scaled = new(ReferenceEqualityComparer.Instance);
    private Cluster _cluster;

    public Variation(PlanningWorld world, WhatIfRequest request)
    {
        (_world, _request) = (world, request);
        foreach (var name in request.WithoutNodes)
        {
            _ = world.Cluster.Nodes.Find(name) ?? throw new ArgumentException($"there is no node '{name}'");
        }

        _gone = request.WithoutNodes.ToHashSet(StringComparer.Ordinal);
        _changedSets = request.Objects.OfType<DaemonSet>().Select(ObjectKey.Of).ToHashSet();
        _cluster = world.Cluster;
    }

    public WhatIfPlan Run(CancellationToken cancellationToken)
    {
        var (before, meter) = Today(cancellationToken);
        foreach (var pod in _world.Cluster.Pods.Where(Owners.IsActive))
        {
            Sort(pod);
        }

        Multiply();
        Build();
        var settled = SettledCluster.Of(_cluster, _waiting);
        _cluster = settled.Cluster;
        var scheduler = _request.Scheduler is { } options ? new Scheduler(_cluster, options) : _world.Fork(_cluster);
        var daemons = DaemonGaps.Of(_cluster, _cluster.DaemonSets.Where(set => _changedSets.Contains(ObjectKey.Of(set))), new(_cluster), new(_cluster), new(_cluster), takesPending: true).Fill(scheduler).ToArray();
        var placing = new PreemptingPlacement(scheduler, _cluster, _request.Preempts);
        placing.Run(_waiting, cancellationToken);
        var after = After(placing);
        return new()
        {
            Before = before,
            After = after,
            Difference = PlacementDifference.Between(before, after),
            Preempted = placing.Preempted,
            Utilization = Compare(meter, scheduler),
            Notices = [.. settled.Notices, .. daemons],
        };
    }

    private (ImmutableArray<PlacedPod> Pods, Dictionary<string, NodeUtilization> Utilization) Today(CancellationToken cancellationToken)
    {
        var scheduler = _world.Fork();
        var demand = PlannedDemand.Of(_world, [], cancellationToken);
        var placed = demand.Place(scheduler, isExplained: null, progress: null, cancellationToken);
        var there = _world.Cluster.Pods.Where(pod => Owners.IsActive(pod) && pod.Spec.NodeName.Length > 0).Select(pod => new PlacedPod(KeyOf(pod), pod.Spec.NodeName));
        return ([.. there, .. placed.Pods.Select(Of)], new UtilizationMeter(scheduler).Read().ToDictionary(static node => node.NodeName, StringComparer.Ordinal));
    }

    private PlacedPod Of(PodPlacement placement) => new(KeyOf(placement.Pod), placement.Result.NodeName, placement.Result.IsScheduled ? "" : placement.Result.Message);

    /// <summary>Whether a pod stays where it is, is placed anew, or goes.</summary>
    private void Sort(Pod pod)
    {
        var isDaemon = ControllerReference.ControllerOf(pod) is { Kind: "DaemonSet" };
        if (isDaemon && _changedSets.Contains(new(pod.Metadata.Namespace, ControllerReference.ControllerOf(pod)!.Name)))
        {
            return;
        }

        if (Successors.StayReason(pod).Length > 0)
        {
            if (!_gone.Contains(pod.Spec.NodeName))
            {
                _staying.Add(pod);
            }

            return;
        }

        var scaled = Scaled(pod);
        if (pod.Spec.NodeName.Length == 0 || _request.PlacesAllAnew || _gone.Contains(pod.Spec.NodeName) || !ReferenceEquals(scaled, pod))
        {
            _waiting.Add(scaled with
            {
                Metadata = scaled.Metadata with { Uid = "" },
                Spec = scaled.Spec.NodeName.Length == 0 ? scaled.Spec : WithoutNode(scaled.Spec),
                Status = new(),
            });
        }
        else
        {
            _staying.Add(pod);
        }
    }

    private PodSpec WithoutNode(PodSpec spec)
    {
        if (!_scaled.TryGetValue(spec, out var free))
        {
            free = spec with { NodeName = "" };
            _scaled.Add(spec, free);
        }

        return free;
    }

    private Pod Scaled(Pod pod) => _request.RequestsFactor == 1 || _request.Selects?.Invoke(pod) == false
        ? pod
        : pod with
        {
            Spec = pod.Spec with
            {
                Containers = [.. pod.Spec.Containers.Select(Scaled)],
                InitContainers = [.. pod.Spec.InitContainers.Select(Scaled)],
            },
        };

    private Container Scaled(Container container)
    {
        var requests = container.Resources.Requests;
        foreach (var (name, quantity) in container.Resources.Requests)
        {
            if (_request.Resource is null || _request.Resource == name)
            {
                requests = requests.With(name, Quantity.FromMilli((long)decimal.Ceiling(quantity.MilliValue() * _request.RequestsFactor)));
            }
        }

        return container with { Resources = container.Resources with { Requests = requests } };
    }

    /// <summary>More pods of each controller, or fewer: pending ones go first, then those that come last.</summary>
    private void Multiply()
    {
        if (_request.ReplicasFactor == 1)
        {
            return;
        }

        var groups = _staying.Concat(_waiting).Where(pod => Successors.StayReason(pod).Length == 0 && _request.Selects?.Invoke(pod) != false)
            .Where(static pod => ControllerReference.ControllerOf(pod) is not null)
            .GroupBy(static pod => (ControllerReference.ControllerOf(pod)!.Kind, pod.Metadata.Namespace, ControllerReference.ControllerOf(pod)!.Name)).ToArray();
        var leaving = new HashSet<ObjectKey>();
        foreach (var group in groups)
        {
            Pod[] pods = [.. group];
            var wanted = (int)decimal.Ceiling(pods.Length * _request.ReplicasFactor);
            for (var number = 1; number <= wanted - pods.Length; number++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{group.Key.Name}-more-{number}");
                _waiting.Add(pods[0] with { Metadata = pods[0].Metadata with { Name = name, Uid = "" }, Spec = pods[0].Spec.NodeName.Length == 0 ? pods[0].Spec : WithoutNode(pods[0].Spec), Status = new() });
            }

            leaving.UnionWith(pods.OrderBy(static pod => pod.Spec.NodeName.Length > 0).Take(Math.Max(0, pods.Length - wanted)).Where(static pod => pod.Spec.NodeName.Length == 0).Select(ObjectKey.Of));
            var pending = pods.Count(static pod => pod.Spec.NodeName.Length == 0);
            leaving.UnionWith(pods.Where(static pod => pod.Spec.NodeName.Length > 0).Reverse().Take(Math.Max(0, pods.Length - wanted - pending)).Select(ObjectKey.Of));
        }

        _staying.RemoveAll(pod => leaving.Contains(ObjectKey.Of(pod)));
        _waiting.RemoveAll(pod => leaving.Contains(ObjectKey.Of(pod)));
    }

    /// <summary>The cluster in which the waiting pods are placed: without them, and with what is different.</summary>
    private void Build()
    {
        var staying = _staying.Select(ObjectKey.Of).ToHashSet();
        foreach (var pod in _world.Cluster.Pods.Where(pod => !staying.Contains(ObjectKey.Of(pod))).ToArray())
        {
            _cluster = _cluster.Remove<Pod>(ObjectKey.Of(pod));
        }

        foreach (var name in _gone)
        {
            _cluster = _cluster.Remove<Node>(new("", name));
        }

        _cluster = _cluster.WithAll(_request.Objects.Where(static item => item is not Pod));
        _waiting.AddRange(_cluster.DaemonSets.Where(set => _changedSets.Contains(ObjectKey.Of(set))).SelectMany(set => _cluster.Nodes.Select(node => DaemonFor(set, node)).OfType<Pod>()));
        _waiting.AddRange(_request.Objects.OfType<Pod>().Select(static pod => pod with { Metadata = pod.Metadata with { Namespace = pod.Metadata.Namespace.Length == 0 ? "default" : pod.Metadata.Namespace }, Status = new() }));
    }

    private static Pod? DaemonFor(DaemonSet set, Node node) => DaemonPods.For(TemplatePods.Of(set.Spec.Template, set, set.Metadata.Name), node) is { } pod
        ? pod with { Metadata = pod.Metadata with { Name = NameOnNode(set.Metadata.Name, node.Metadata.Name) } }
        : null;

    /// <summary>Pods of a DaemonSet that changes are compared node by node.</summary>
    private static string NameOnNode(string set, string node) => $"{set} on {node}";

    private ObjectKey KeyOf(Pod pod) =>
        ControllerReference.ControllerOf(pod) is { Kind: "DaemonSet" } owner && _changedSets.Contains(new(pod.Metadata.Namespace, owner.Name))
            ? new(pod.Metadata.Namespace, NameOnNode(owner.Name, DaemonPods.NodeOf(pod)))
            : ObjectKey.Of(pod);

    private ImmutableArray<PlacedPod> After(PreemptingPlacement placing) =>
    [
        .. _staying.Where(pod => !placing.IsEvicted(pod)).Select(static pod => new PlacedPod(ObjectKey.Of(pod), pod.Spec.NodeName)),
        .. placing.Placed,
    ];

    private static ImmutableArray<NodeUtilization> Compare(Dictionary<string, NodeUtilization> before, Scheduler scheduler) =>
    [
        .. new UtilizationMeter(scheduler).Read().Select(node => node with
        {
            Resources = [.. node.Resources.Select(resource => resource with
            {
                Before = before.TryGetValue(node.NodeName, out var known) ? known.Resources.FirstOrDefault(item => item.Resource == resource.Resource).After : 0,
            })],
        }),
    ];
}
