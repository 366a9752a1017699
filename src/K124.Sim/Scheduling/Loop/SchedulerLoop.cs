using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Scheduling.Queue;

namespace K124.Sim.Scheduling.Loop;

/// <summary>The scheduler as a component: queue, scheduling and binding cycles, preemption carried out, volumes bound before the pod.</summary>
/// <remarks>One unit of work is one scheduling cycle, or one look at volumes that a pod waits for. Kubernetes 1.24 pkg/scheduler.</remarks>
public sealed partial class SchedulerLoop : IComponent, IClocked, IRetrying
{
    private static readonly ImmutableArray<ApiKind> Watched =
    [
        ApiKind.Of<Node>(), ApiKind.Of<Pod>(), ApiKind.Of<Namespace>(), ApiKind.Of<Service>(), ApiKind.Of<ReplicationController>(), ApiKind.Of<ReplicaSet>(),
        ApiKind.Of<StatefulSet>(), ApiKind.Of<PodDisruptionBudget>(), ApiKind.Of<PersistentVolume>(), ApiKind.Of<PersistentVolumeClaim>(),
        ApiKind.Of<StorageClass>(), ApiKind.Of<CSIDriver>(), ApiKind.Of<CSINode>(), ApiKind.Of<CSIStorageCapacity>(),
    ];

    private readonly SchedulerOptions _options;
    private readonly SchedulingQueueOptions _queueOptions;
    private readonly PodCache _podCache = new();
    private readonly Scheduler _scheduler;
    private readonly SchedulingQueue _queue;
    private readonly AssumedPods _assumed;
    private readonly Dictionary<ObjectKey, VolumeWait> _waits;
    private DateTimeOffset _now;

    /// <summary>Makes a scheduler that knows nothing yet: it is told of all objects as of changes.</summary>
    /// <param name="start">The first instant.</param>
    /// <param name="options">How it decides; null for the defaults.</param>
    public SchedulerLoop(DateTimeOffset start, SchedulerOptions? options = null)
    {
        _options = options ?? new();
        _queueOptions = SchedulingQueueOptions.Of(_options.Configuration);
        _scheduler = new(Cluster.Empty, _options);
        _queue = new(start, _queueOptions, new(_podCache.Find, new SchedulerNominations(_scheduler)));
        _assumed = new(start);
        _waits = [];
        _now = start;
    }

    private SchedulerLoop(SchedulerLoop other)
    {
        _options = other._options;
        _queueOptions = other._queueOptions;
        _scheduler = other._scheduler.Fork();
        _queue = other._queue.Fork(other._queue.Nominator.Fork(_podCache.Find, new SchedulerNominations(_scheduler)));
        _assumed = other._assumed.Fork();
        _waits = new(other._waits);
        _now = other._now;
    }

    /// <inheritdoc/>
    public string Name => "default-scheduler";

    /// <inheritdoc/>
    public ImmutableArray<ApiKind> Watches => Watched;

    /// <summary>The decisions, to ask of. Changes come to it through this loop.</summary>
    public Scheduler Scheduler => _scheduler;

    /// <summary>The scheduling queue, to look at.</summary>
    public SchedulingQueue Queue => _queue;

    /// <inheritdoc/>
    public long NextTicks => Math.Min(NextTicksBesideRetries, _queue.NextFlushAt?.UtcTicks ?? long.MaxValue);

    /// <summary>Pods that nothing has helped are tried again after five minutes, without end.</summary>
    long IRetrying.NextTicksBesideRetries => NextTicksBesideRetries;

    private long NextTicksBesideRetries
    {
        get
        {
            if (_queue.ActiveCount > 0)
            {
                return 0;
            }

            var next = Math.Min(_queue.NextBackoffEndTicks, _assumed.NextExpiryAt?.UtcTicks ?? long.MaxValue);
            foreach (var wait in _waits.Values)
            {
                next = Math.Min(next, wait.NextLookTicks);
            }

            return next;
        }
    }

    DateTimeOffset IClocked.Now { get => _now; set => MoveTo(value); }

    /// <inheritdoc/>
    public void Work(IObjectReader cache, IApiClient api)
    {
        ArgumentNullException.ThrowIfNull(api);
        MoveTo(api.Now);
        _podCache.Reader = cache;
        if (!LookAtVolumes(api) && _queue.TryPop(out var info))
        {
            Try(info, api);
        }
    }

    /// <inheritdoc/>
    public IComponent Fork() => new SchedulerLoop(this);

    private void MoveTo(DateTimeOffset time)
    {
        if (time == _now)
        {
            return;
        }

        _now = time;
        _queue.AdvanceTo(time);
        foreach (var pod in _assumed.TakeExpired(time))
        {
            Uncount(pod);
        }
    }

    /// <summary>The pods as the API has them; set anew at each call of the loop, so that a fork reads its own side.</summary>
    private sealed class PodCache
    {
        public IObjectReader? Reader { get; set; }

        public Pod? Find(ObjectKey key) => Reader?.Get<Pod>(key);
    }

    /// <summary>A pod whose volumes are being bound before it is.</summary>
    private sealed record VolumeWait(QueuedPodInfo Info, Pod Assumed, DateTimeOffset Since, long NextLookTicks);
}
