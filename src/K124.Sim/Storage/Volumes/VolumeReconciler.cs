using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

/// <summary>The PV controller against the API server: the decisions of <see cref="PersistentVolumeController"/>.</summary>
/// <remarks>A volume is filed under its name without a namespace, a claim under namespace and name.</remarks>
internal sealed class VolumeReconciler : IReconciler
{
    private const string Source = "persistentvolume-controller";
    private const long ResyncTicks = 15 * TimeSpan.TicksPerSecond;

    private static readonly ImmutableArray<ApiKind> Watched =
        [ApiKind.Of<StorageClass>(), ApiKind.Of<PersistentVolume>(), ApiKind.Of<PersistentVolumeClaim>(), ApiKind.Of<Pod>()];

    private readonly PersistentVolumeControllerOptions _options;
    private readonly PersistentVolumeController _controller;
    private readonly HashSet<ObjectKey> _pending = [];
    private IApiClient? _api;

    public VolumeReconciler(PersistentVolumeControllerOptions? options = null)
        : this(Cluster.Empty, options ?? new())
    {
    }

    private VolumeReconciler(Cluster known, PersistentVolumeControllerOptions options)
    {
        _options = options;
        _controller = new(known, options with { Api = Write });
    }

    public string Name => Source;

    public ImmutableArray<ApiKind> Watches => Watched;

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        var item = change.Object;
        if (item is Pod pod && pod.Spec.Volumes.All(static volume => volume is { PersistentVolumeClaim: null, Ephemeral: null }))
        {
            return;
        }

        NotePending(item, change.Type == ChangeType.Deleted, queue);
        var keys = change.Type == ChangeType.Deleted ? Remove(item) : _controller.Apply(item);
        foreach (var key in keys)
        {
            queue.Add(key.Key);
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        _api = api;
        var result = key.Namespace.Length == 0 ? _controller.SyncVolume(key.Name) : _controller.SyncClaim(key);
        _api = null;
        foreach (var report in result.Events)
        {
            Record(report, cache, api);
        }

        foreach (var further in result.Requeued)
        {
            queue.Add(further.Key);
        }

        return new(result.Error);
    }

    public IReconciler Fork()
    {
        var fork = new VolumeReconciler(_controller.Known(), _options);
        fork._pending.UnionWith(_pending);
        return fork;
    }

    /// <summary>1.24 looks at all claims every 15 s, which is how one that waits finds a volume that came later.</summary>
    private void NotePending(IApiObject item, bool isGone, IWorkQueue queue)
    {
        if (item is PersistentVolumeClaim claim)
        {
            if (!isGone && claim.Status.Phase != "Bound")
            {
                _pending.Add(ObjectKey.Of(claim));
            }
            else
            {
                _pending.Remove(ObjectKey.Of(claim));
            }
        }
        else if (item is PersistentVolume && !isGone)
        {
            var untilNextLook = TimeSpan.FromTicks(ResyncTicks - (queue.Now.UtcTicks % ResyncTicks));
            foreach (var key in _pending)
            {
                queue.AddAfter(key, untilNextLook);
            }
        }
    }

    private ImmutableArray<VolumeSyncKey> Remove(IApiObject item) => item switch
    {
        PersistentVolume => _controller.Remove<PersistentVolume>(ObjectKey.Of(item)),
        PersistentVolumeClaim => _controller.Remove<PersistentVolumeClaim>(ObjectKey.Of(item)),
        StorageClass => _controller.Remove<StorageClass>(ObjectKey.Of(item)),
        _ => _controller.Remove<Pod>(ObjectKey.Of(item)),
    };

    /// <summary>Sends one write of a sync. A sync may write an object twice: its second write builds on its first.</summary>
    private string? Write(VolumeChange change)
    {
        var result = change.Object is PersistentVolume volume
            ? Send(change.Kind, volume with { Metadata = volume.Metadata with { ResourceVersion = "" } })
            : Send(change.Kind, (PersistentVolumeClaim)change.Object with { Metadata = change.Object.Metadata with { ResourceVersion = "" } });
        return result?.Message;
    }

    private ApiStatus? Send<T>(VolumeChangeKind kind, T item)
        where T : class, IApiObject => kind switch
        {
            VolumeChangeKind.Create => _api!.Create(item).Status,
            VolumeChangeKind.Update => _api!.Update(item).Status,
            VolumeChangeKind.UpdateStatus => _api!.UpdateStatus(item).Status,
            _ => _api!.Delete<T>(ObjectKey.Of(item)).Status,
        };

    private static void Record(VolumeEvent report, IObjectReader cache, IApiClient api)
    {
        IApiObject? item = report.InvolvedKind == nameof(PersistentVolume)
            ? cache.Get<PersistentVolume>(report.InvolvedObject)
            : cache.Get<PersistentVolumeClaim>(report.InvolvedObject);
        if (item is not null)
        {
            api.Record(new(ApiEvent.Normal(item, "", "", "").Regarding, report.Type, report.Reason, report.Message, Source));
        }
    }
}
