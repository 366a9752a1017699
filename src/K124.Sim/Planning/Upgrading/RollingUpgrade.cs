using K124.Sim.Model;
using K124.Sim.Planning.Growth;
using K124.Sim.Planning.Internal;

namespace K124.Sim.Planning.Upgrading;

/// <summary>One rolling replacement of nodes, event by event.</summary>
internal sealed class RollingUpgrade
{
    private readonly PlanningWorld _world;
    private readonly UpgradeRequest _request;
    private readonly EvictionWorld _evictions;
    private readonly NodeDaemons _daemons;
    private readonly Queue<Node> _left;
    private readonly PriorityQueue<Action, (TimeSpan Time, int Number)> _events = new();
    private readonly List<Turn> _turns = [];
    private readonly List<PodPlacement> _pending = [];
    private TimeSpan _now;
    private int _number;
    private int _mostPending;

    public RollingUpgrade(PlanningWorld world, UpgradeRequest request)
    {
        if (request.MaxSurge < 0 || request.MaxUnavailable < 0 || request.MaxSurge + request.MaxUnavailable == 0)
        {
            throw new ArgumentException("no node may be replaced at a time: the surge and the number of unavailable nodes are 0");
        }

        (_world, _request) = (world, request);
        _left = new(request.Nodes.IsEmpty
            ? world.Cluster.Nodes
            : request.Nodes.Select(name => world.Cluster.Nodes.Find(name) ?? throw new ArgumentException($"there is no node '{name}'")));
        _evictions = new(world);
        _daemons = new(world.Cluster);
    }

    public UpgradePlan Run(CancellationToken cancellationToken)
    {
        for (var slot = 0; slot < _request.MaxSurge + _request.MaxUnavailable; slot++)
        {
            Begin(isSurge: slot < _request.MaxSurge);
        }

        while (_events.TryDequeue(out var next, out var when))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _now = when.Time;
            next();
        }

        return new()
        {
            Duration = _now,
            Steps = [.. _turns.Select(static turn => turn.ToStep())],
            NotReached = [.. _left.Select(static node => node.Metadata.Name)],
            MostPending = _mostPending,
            PendingAtEnd = [.. _pending],
            Notices = [.. _world.Settled.Notices, .. _world.DaemonNotices],
        };
    }

    private void After(TimeSpan time, Action action) => _events.Enqueue(action, (_now + time, _number++));

    /// <summary>The next node's turn.</summary>
    private void Begin(bool isSurge)
    {
        if (!_left.TryDequeue(out var node))
        {
            return;
        }

        var turn = new Turn(node, isSurge, _now);
        _turns.Add(turn);
        string[] bare = [.. _evictions.PodsOn(node.Metadata.Name).Where(static pod => Successors.StayReason(pod).Length == 0 && Successors.IsBare(pod)).Select(static pod => ObjectKey.Of(pod).ToString())];
        if (bare.Length > 0 && !_request.Force)
        {
            turn.Blocker = NodeDrain.Refusal(bare);
        }
        else if (isSurge)
        {
            After(_request.NodeStart, () =>
            {
                Join(turn);
                Drain(turn);
            });
        }
        else
        {
            Drain(turn);
        }
    }

    /// <summary>The new node comes; pods that wait are tried once more.</summary>
    private void Join(Turn turn)
    {
        var template = NodeTemplate.Like(turn.Node, volumes: _world.Cluster.CSINodes.Find(turn.Node.Metadata.Name));
        turn.Replacement = $"{turn.Node.Metadata.Name}-new";
        var node = template.Make(turn.Replacement);
        if (template.Volumes is { } volumes)
        {
            _evictions.Scheduler.Apply(volumes with { Metadata = new() { Name = turn.Replacement } });
        }

        _evictions.Scheduler.Apply(node);
        foreach (var pod in _daemons.For(node))
        {
            NodeDaemons.Put(_evictions.Scheduler, pod);
        }

        RetryPending();
    }

    private void RetryPending()
    {
        foreach (var placement in _pending.OrderByDescending(static item => item.Pod.Spec.Priority ?? 0).ToArray())
        {
            if (_evictions.TryPlace(placement.Pod))
            {
                _pending.Remove(placement);
                After(_request.PodStart, () => _evictions.MarkReady(placement.Pod));
            }
        }
    }

    private void Drain(Turn turn)
    {
        _evictions.Cordon(turn.Node);
        turn.DrainStarted = _now;
        turn.Waiting.AddRange(_evictions.PodsOn(turn.Node.Metadata.Name).Where(static pod => Successors.StayReason(pod).Length == 0));
        Evict(turn);
    }

    private void Evict(Turn turn)
    {
        var refusal = "";
        foreach (var pod in turn.Waiting.ToArray())
        {
            if (_evictions.TryEvict(pod) is { } refused)
            {
                turn.Refused++;
                refusal = $"{ObjectKey.Of(pod)}: {refused}";
                continue;
            }

            turn.Waiting.Remove(pod);
            turn.Evicted++;
            Note(_evictions.Replace(pod));
        }

        if (turn.Waiting.Count == 0)
        {
            After(turn.Evicted > 0 ? _request.PodStop : TimeSpan.Zero, () => End(turn));
        }
        else if (_now - turn.DrainStarted >= _request.DrainTimeout)
        {
            turn.Blocker = refusal;
        }
        else
        {
            After(_request.Retry, () => Evict(turn));
        }
    }

    private void Note(DrainedPod drained)
    {
        if (drained.Replacement is not { } next)
        {
            return;
        }

        if (drained.Fate == DrainFate.Moved)
        {
            After(_request.PodStart, () => _evictions.MarkReady(next.Pod));
        }
        else
        {
            _pending.Add(next);
            _mostPending = Math.Max(_mostPending, _pending.Count);
        }
    }

    private void End(Turn turn)
    {
        _evictions.Remove(turn.Node.Metadata.Name);
        if (turn.IsSurge)
        {
            Finish(turn);
        }
        else
        {
            After(_request.NodeStart, () =>
            {
                Join(turn);
                Finish(turn);
            });
        }
    }

    private void Finish(Turn turn)
    {
        turn.Ended = _now;
        Begin(turn.IsSurge);
    }

    private sealed class Turn(Node node, bool isSurge, TimeSpan started)
    {
        public Node Node { get; } = node;

        public bool IsSurge { get; } = isSurge;

        public TimeSpan Started { get; } = started;

        public List<Pod> Waiting { get; } = [];

        public string Replacement { get; set; } = "";

        public TimeSpan DrainStarted { get; set; } = started;

        public TimeSpan? Ended { get; set; }

        public int Evicted { get; set; }

        public int Refused { get; set; }

        public string Blocker { get; set; } = "";

        public UpgradeStep ToStep() => new(Node.Metadata.Name, Replacement, Started, DrainStarted, Ended, Evicted, Refused, Blocker);
    }
}
