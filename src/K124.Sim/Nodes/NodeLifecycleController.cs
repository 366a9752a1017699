using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Nodes;

/// <summary>Watches over nodes: marks silent ones, taints those that are not ready, at the rate that their zone allows.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/nodelifecycle, with the taint manager, which is <see cref="TaintManager"/>.</remarks>
internal sealed class NodeLifecycleController : IReconciler
{
    private const string ExcludeLabel = "node.kubernetes.io/exclude-disruption";
    private const string NodeKeys = "node";
    private const int Tries = 5;

    private static readonly ObjectKey MonitorKey = new("", "monitor");
    private static readonly ObjectKey TaintKey = new("", "taint");
    private static readonly TimeSpan TaintPeriod = TimeSpan.FromMilliseconds(100);

    private readonly NodeLifecycleOptions _options;
    private readonly NodeZones _zones;
    private ImmutableSortedDictionary<string, Node> _known = ImmutableSortedDictionary.Create<string, Node>(StringComparer.Ordinal);
    private ImmutableDictionary<string, NodeHealth> _health = ImmutableDictionary.Create<string, NodeHealth>(StringComparer.Ordinal);
    private ImmutableHashSet<string> _toRetry = ImmutableHashSet.Create<string>(StringComparer.Ordinal);
    private bool _hasStarted;
    private bool _isBusy;

    private NodeLifecycleController(NodeLifecycleOptions options, NodeZones zones)
    {
        _options = options;
        _zones = zones;
    }

    public NodeLifecycleController(NodeLifecycleOptions options)
        : this(options, new NodeZones(options))
    {
    }

    public string Name => "node-controller";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<Node>(), ApiKind.Of<Lease>()];

    /// <summary>The states of the zones.</summary>
    internal IReadOnlyDictionary<string, ZoneState> Zones => _zones.States;

    public IReconciler Fork() => new NodeLifecycleController(_options, _zones.Fork())
    {
        _known = _known,
        _health = _health,
        _toRetry = _toRetry,
        _hasStarted = _hasStarted,
        _isBusy = _isBusy,
    };

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        switch (change.Object)
        {
            case Node node:
                if (ConcernsHealth(change.Type, node, change.Old as Node))
                {
                    FilePass(queue);
                }

                if (change.Type != ChangeType.Deleted && !NodeTaints.NoScheduleDifference(node).IsEmpty)
                {
                    queue.Add(new(NodeKeys, node.Metadata.Name));
                }

                break;
            case Lease { Metadata.Namespace: NodeLeases.Namespace } lease when NodeLeases.IsAbandoned(lease) != (change.Old is Lease old && NodeLeases.IsAbandoned(old)):
                FilePass(queue);
                break;
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (key == MonitorKey)
        {
            Monitor(cache, api);
            _hasStarted = true;
            queue.Add(TaintKey);
            return _isBusy || !_options.LeasesRenewByRule ? new(RequeueAfter: UntilNextPass(api.Now)) : Reconciliation.Done;
        }

        if (key == TaintKey)
        {
            TaintNoExecute(cache, api);
            return new(RequeueAfter: _zones.Queues.Any(static zone => zone.IsBusy) ? TaintPeriod : null);
        }

        return cache.Get<Node>(new("", key.Name)) is not { } node || TaintNoSchedule(node, api)
            ? Reconciliation.Done
            : new($"failed to swap taints of node {key.Name}");
    }

    /// <summary>Looks at all nodes once.</summary>
    internal void Monitor(IObjectReader cache, IApiClient api)
    {
        _isBusy = false;
        Node[] nodes = [.. cache.List<Node>()];
        if (!_hasStarted && _options.LeasesRenewByRule)
        {
            TakeOver(nodes, api);
        }

        Register(nodes, api);
        var ready = new SortedDictionary<string, List<bool>>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (Observe(node, cache, api) is { } seen)
            {
                if (!seen.Node.Metadata.Labels.ContainsKey(ExcludeLabel))
                {
                    var key = NodeZones.KeyOf(seen.Node);
                    if (!ready.TryGetValue(key, out var list))
                    {
                        list = [];
                        ready.Add(key, list);
                    }

                    list.Add(seen.Current?.Status == "True");
                }

                if (seen.Current is not null)
                {
                    Taint(seen, api);
                    MarkPods(seen, cache, api);
                }
            }
        }

        Turn(_zones.Update(ready, api.Now), nodes, api);
    }

    /// <summary>Taints nodes that wait for it, as far as their zones' rates allow.</summary>
    internal void TaintNoExecute(IObjectReader cache, IApiClient api)
    {
        foreach (var zone in _zones.Queues)
        {
            zone.Try(api.Now, name =>
            {
                var node = cache.Get<Node>(new("", name));
                return (node is null ? null : NodeHealth.ConditionOf(node, "Ready")?.Status) switch
                {
                    "False" => NodeTaints.Swap(node!, [NodeTaints.NotReadyNoExecute], [NodeTaints.UnreachableNoExecute], api),
                    "Unknown" => NodeTaints.Swap(node!, [NodeTaints.UnreachableNoExecute], [NodeTaints.NotReadyNoExecute], api),
                    _ => true,
                };
            });
        }
    }

    /// <summary>Puts the taints against scheduling on a node that its conditions ask for.</summary>
    /// <returns>Whether that succeeded.</returns>
    internal static bool TaintNoSchedule(Node node, IApiClient api)
    {
        var difference = NodeTaints.NoScheduleDifference(node);
        return difference.IsEmpty || NodeTaints.Swap(node, difference.ToAdd, difference.ToRemove, api);
    }

    /// <summary>The first pass moves to the time of the first change; later ones come every few seconds.</summary>
    private void FilePass(IWorkQueue queue)
    {
        if (_hasStarted)
        {
            queue.AddAfter(MonitorKey, UntilNextPass(queue.Now));
        }
        else
        {
            queue.Add(MonitorKey);
        }
    }

    private TimeSpan UntilNextPass(DateTimeOffset now) => TimeSpan.FromTicks(_options.MonitorPeriod.Ticks - (now.UtcTicks % _options.MonitorPeriod.Ticks));

    private bool ConcernsHealth(ChangeType type, Node node, Node? old) =>
        !_options.LeasesRenewByRule || type != ChangeType.Modified || old is null
        || NodeHealth.ConditionOf(node, "Ready")?.Status != NodeHealth.ConditionOf(old, "Ready")?.Status
        || NodeZones.KeyOf(node) != NodeZones.KeyOf(old);

    /// <summary>Takes over a cluster that lived before: its nodes are no news, and what is tainted stays so.</summary>
    private void TakeOver(Node[] nodes, IApiClient api)
    {
        foreach (var node in nodes)
        {
            _zones.Add(node, api.Now);
            _known = _known.Add(node.Metadata.Name, node);
            if (NodeTaints.Has(node, NodeTaints.UnreachableNoExecute) || NodeTaints.Has(node, NodeTaints.NotReadyNoExecute))
            {
                _zones.QueueOf(node).Know(node.Metadata.Name);
            }
        }
    }

    private void Register(Node[] nodes, IApiClient api)
    {
        foreach (var node in nodes)
        {
            _zones.Add(node, api.Now);
        }

        foreach (var node in nodes.Where(node => !_known.ContainsKey(node.Metadata.Name)))
        {
            var name = node.Metadata.Name;
            _isBusy = true;
            api.Record(ApiEvent.Normal(node, "RegisteredNode", $"Node {name} event: Registered Node {name} in Controller", Name));
            _known = _known.Add(name, node);
            MarkReachable(node, api);
        }

        var names = nodes.Select(static node => node.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, node) in _known.Where(entry => !names.Contains(entry.Key)).ToArray())
        {
            api.Record(ApiEvent.Normal(node, "RemovingNode", $"Node {name} event: Removing Node {name} from Controller", Name));
            _known = _known.Remove(name);
        }
    }

    private NodeObservation? Observe(Node node, IObjectReader cache, IApiClient api)
    {
        var name = node.Metadata.Name;
        var lease = cache.Get<Lease>(new(NodeLeases.Namespace, name));
        if (_options.LeasesRenewByRule)
        {
            if (!NodeLeases.IsAbandoned(lease))
            {
                return Alive(node, api.Now);
            }

            FollowAbandoned(node, lease!);
        }

        for (var i = 0; i < Tries; i++)
        {
            var seen = NodeHealth.Observe(node, lease, _health.GetValueOrDefault(name), _options, api.Now);
            if (!seen.MustWrite || api.UpdateStatus(seen.Node).Succeeded)
            {
                _isBusy |= seen.Observed.Status != "Unknown";
                _health = _health.SetItem(name, seen.Health);
                return seen;
            }

            if (api.Get<Node>(new("", name)) is not { } live)
            {
                return null;
            }

            node = live;
        }

        return null;
    }

    /// <summary>A node that renews its lease by rule: what it says of itself holds; one that says nothing is ready.</summary>
    private NodeObservation Alive(Node node, DateTimeOffset now)
    {
        var ready = NodeHealth.ConditionOf(node, "Ready");
        var health = _health.GetValueOrDefault(node.Metadata.Name);
        if (ready?.Status != "True" || health is not null)
        {
            health = new(ready, now, HasLease: true, now);
            _health = _health.SetItem(node.Metadata.Name, health);
        }

        var shown = ready ?? new() { Type = "Ready", Status = "True" };
        return new(node, shown, shown, health ?? new(ready, now, HasLease: true, now), MustWrite: false);
    }

    /// <summary>The last sign of life was the last renewal, whenever it is looked at.</summary>
    private void FollowAbandoned(Node node, Lease lease)
    {
        var name = node.Metadata.Name;
        var known = _health.GetValueOrDefault(name);
        if (known is not { HasLease: true } || known.RenewTime != lease.Spec.RenewTime)
        {
            var renewed = lease.Spec.RenewTime ?? DateTimeOffset.MinValue;
            var probed = known is { } health && health.ProbeTime > renewed ? health.ProbeTime : renewed;
            _health = _health.SetItem(name, new(NodeHealth.ConditionOf(node, "Ready"), renewed, HasLease: true, probed));
        }
    }

    private void Taint(NodeObservation seen, IApiClient api)
    {
        var node = seen.Node;
        switch (seen.Observed.Status)
        {
            case "False":
                Taint(node, NodeTaints.NotReadyNoExecute, NodeTaints.UnreachableNoExecute, api);
                break;
            case "Unknown":
                Taint(node, NodeTaints.UnreachableNoExecute, NodeTaints.NotReadyNoExecute, api);
                break;
            case "True":
                MarkReachable(node, api);
                break;
        }
    }

    private void Taint(Node node, Taint wanted, Taint opposite, IApiClient api)
    {
        if (NodeTaints.Has(node, opposite))
        {
            NodeTaints.Swap(node, [wanted], [opposite], api);
            return;
        }

        var queue = _zones.QueueOf(node);
        if (!NodeTaints.Has(node, wanted))
        {
            queue.Remove(node.Metadata.Name);
        }

        queue.Add(node.Metadata.Name);
        _isBusy |= queue.IsBusy;
    }

    private void MarkReachable(Node node, IApiClient api)
    {
        if (NodeTaints.Remove(node, [NodeTaints.UnreachableNoExecute], api) && NodeTaints.Remove(node, [NodeTaints.NotReadyNoExecute], api))
        {
            _toRetry = _toRetry.Remove(node.Metadata.Name);
            _zones.QueueOf(node).Remove(node.Metadata.Name);
        }
    }

    private void MarkPods(NodeObservation seen, IObjectReader cache, IApiClient api)
    {
        var name = seen.Node.Metadata.Name;
        var hasTurned = seen.Current!.Status != "True" && seen.Observed.Status == "True";
        if (hasTurned)
        {
            api.Record(ApiEvent.Normal(seen.Node, "NodeNotReady", $"Node {name} status is now: NodeNotReady", Name));
        }

        if (hasTurned || (_toRetry.Contains(name) && seen.Observed.Status != "True"))
        {
            var hasFailed = false;
            foreach (var pod in cache.List<Pod>(ObjectIndex.Node, name).ToArray())
            {
                hasFailed |= !MarkNotReady(pod, api);
            }

            if (hasFailed)
            {
                _toRetry = _toRetry.Add(name);
                _isBusy = true;
                return;
            }
        }

        _toRetry = _toRetry.Remove(name);
    }

    private bool MarkNotReady(Pod pod, IApiClient api)
    {
        if (PodPredicates.ReadyCondition(pod) is not { Status: not "False" } ready)
        {
            return true;
        }

        var condition = ready with { Status = "False", LastTransitionTime = api.Now.WholeSeconds() };
        var result = api.UpdateStatus(pod with { Status = pod.Status with { Conditions = pod.Status.Conditions.Replace(ready, condition) } });
        if (result.Succeeded)
        {
            api.Record(ApiEvent.Warning(pod, "NodeNotReady", "Node is not ready", Name));
        }

        return result.Succeeded || result.Status.IsNotFound();
    }

    private void Turn(ZoneTurn turn, Node[] nodes, IApiClient api)
    {
        _isBusy |= turn != ZoneTurn.None;
        foreach (var node in turn == ZoneTurn.None ? [] : nodes)
        {
            if (turn == ZoneTurn.AllDown)
            {
                MarkReachable(node, api);
            }
            else if (_health.TryGetValue(node.Metadata.Name, out var health))
            {
                _health = _health.SetItem(node.Metadata.Name, health with { ProbeTime = api.Now });
            }
        }
    }
}
