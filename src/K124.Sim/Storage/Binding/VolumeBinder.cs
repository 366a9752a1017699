using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Storage.Migration;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Binding;

/// <summary>Chooses volumes for the claims of pods on nodes, reserves them, and binds them, as the scheduler of Kubernetes 1.24 does.</summary>
/// <remarks>
/// Of every volume and claim it keeps what the API says and what is assumed since. <see cref="GetPodVolumes"/> and
/// <see cref="FindPodVolumes"/> decide; <see cref="AssumePodVolumes"/> reserves and <see cref="RevertAssumedPodVolumes"/> rolls back;
/// <see cref="BindPodVolumes"/> and <see cref="CheckBindings"/> carry out. The API's changes come in through <see cref="Apply"/> and
/// <see cref="Delete"/>. Where 1.24 leaves the choice between volumes of one size to the order of a map, the first by name is
/// taken. Not thread-safe. Kubernetes 1.24 pkg/scheduler/framework/plugins/volumebinding, KEP-1472, KEP-1698.
/// </remarks>
public sealed partial class VolumeBinder
{
    private readonly VolumeBinderOptions _options;
    private readonly CSIMigration _migration;
    private readonly AssumeCache<PersistentVolume> _volumes;
    private readonly AssumeCache<PersistentVolumeClaim> _claims;
    private readonly Ownership _ownership = new();
    private readonly Dictionary<string, ClassStorage> _classes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CSIDriver> _drivers;
    private readonly ForkableMap<string, CSINode> _csiNodes;
    private readonly ForkableMap<ObjectKey, string> _classOfCapacity;
    private readonly ForkableMap<ObjectKey, PersistentVolume[]> _volumesByClaim;
    private readonly ClaimRequest.Table _requests;
    private readonly StorageNodes _nodes;
    private readonly FindBuffer _buffer = new();
    private IStorageUndo? _undo;

    /// <summary>Takes in what a cluster has of nodes and storage.</summary>
    /// <param name="cluster">The cluster; it is not changed.</param>
    /// <param name="options">Options; null for the defaults.</param>
    public VolumeBinder(Cluster cluster, VolumeBinderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        _options = options ?? new();
        _migration = new(_options.Profile);
        _volumes = new("v1.PersistentVolume", TellOfVolume, VolumeChanged, _ownership);
        _claims = new("v1.PersistentVolumeClaim", TellOfClaim, static (_, _) => { }, _ownership);
        _drivers = new(StringComparer.Ordinal);
        _csiNodes = new(_ownership, StringComparer.Ordinal);
        _classOfCapacity = new(_ownership);
        _volumesByClaim = new(_ownership);
        _requests = new(_ownership);
        _nodes = new(_ownership);
        _consumed = new(_ownership);
        ReadNodes(cluster.Nodes);
        ReadAll(cluster.StorageClasses);
        ReadAll(cluster.CSIDrivers);
        ReadAll(cluster.CSINodes);
        ReadAll(cluster.PersistentVolumes);
        ReadAll(cluster.PersistentVolumeClaims);
        ReadAll(cluster.CSIStorageCapacities);
    }

    private VolumeBinder(VolumeBinder other)
    {
        (_options, _migration) = (other._options, other._migration);
        _volumes = other._volumes.Fork(TellOfVolume, VolumeChanged, _ownership);
        _claims = other._claims.Fork(TellOfClaim, static (_, _) => { }, _ownership);
        _drivers = new(other._drivers, StringComparer.Ordinal);
        _csiNodes = other._csiNodes.Fork(_ownership);
        _classOfCapacity = other._classOfCapacity.Fork(_ownership);
        _volumesByClaim = other._volumesByClaim.Fork(_ownership);
        _requests = other._requests.Fork(_ownership);
        _nodes = other._nodes.Fork(_ownership);
        _consumed = other._consumed.Fork(_ownership);
        foreach (var (name, storage) in other._classes)
        {
            _classes.Add(name, storage.Fork(_nodes, _ownership));
        }
    }

    /// <summary>Volumes that are assumed to be other than the API has them, by name.</summary>
    public IEnumerable<PersistentVolume> AssumedVolumes => _volumes.Assumed;

    /// <summary>Claims that are assumed anew since the API last changed them, by namespace and name; one that had the chosen node already is there too.</summary>
    public IEnumerable<PersistentVolumeClaim> AssumedClaims => _claims.Assumed;

    /// <summary>Whether objects of a kind, other than nodes, are what decisions on volumes are made from.</summary>
    internal static bool Reads(ApiKind kind) => kind.Kind is nameof(PersistentVolume) or nameof(PersistentVolumeClaim) or nameof(StorageClass)
        or nameof(CSIDriver) or nameof(CSINode) or nameof(CSIStorageCapacity);

    /// <summary>A binder that knows what this one knows, nodes in the same rows; from here on each goes its own way, on its own thread if need be.</summary>
    /// <remarks>It keeps no changes to be undone and tells nobody of changes, until it is told to. What does not change anymore is shared, and
    /// what one of them changes later is copied then.</remarks>
    internal VolumeBinder Fork()
    {
        var fork = new VolumeBinder(this);
        _ownership.Renounce();
        return fork;
    }

    /// <summary>Makes changes from here on be kept to be undone.</summary>
    internal void RecordTo(IStorageUndo undo)
    {
        _undo = undo;
        _volumes.Undo = undo;
        _claims.Undo = undo;
    }

    internal CSIMigration Migration => _migration;

    internal int NodeRows => _nodes.Count;

    internal ReadOnlySpan<int> RowsOf(Segment segment) => _nodes.RowsOf(segment);

    /// <summary>Told kind, namespace and name of every object that the API has added, changed or deleted, once that is taken in.</summary>
    internal Action<string, ObjectKey>? ApiChanged { get; set; }

    /// <summary>Takes in that the API has an object: it was added or has changed.</summary>
    /// <param name="item">A PersistentVolume, PersistentVolumeClaim, StorageClass, CSIDriver, CSINode, CSIStorageCapacity or Node. Objects of other
    /// kinds are of no concern here.</param>
    /// <remarks>A volume or claim whose resourceVersion is not greater than that of the version known, assumed or not, is ignored; one whose
    /// resourceVersion is not a number counts as newer. A newer one takes the place of what was assumed.</remarks>
    public void Apply(IApiObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        switch (item)
        {
            case PersistentVolume volume:
                _volumes.Offer(volume);
                break;
            case PersistentVolumeClaim claim:
                _claims.Offer(claim);
                break;
            case StorageClass storageClass:
                SetClass(storageClass.Metadata.Name, storageClass);
                break;
            case CSIDriver driver:
                SetDriver(driver.Metadata.Name, driver);
                break;
            case CSINode csiNode:
                SetCSINode(csiNode.Metadata.Name, csiNode);
                break;
            case CSIStorageCapacity capacity:
                SetCapacity(ObjectKey.Of(capacity), new(capacity, _nodes.SegmentOf(capacity.NodeTopology)));
                break;
            case Node node:
                SetNode(_nodes.Find(node.Metadata.Name) is >= 0 and var row ? row : _nodes.FreeRow(), node);
                break;
            default:
                return;
        }

        ApiChanged?.Invoke(item.Kind, ObjectKey.Of(item));
    }

    /// <summary>Takes in that an object is gone from the API.</summary>
    /// <param name="kind">Kind of the object; objects of kinds that <see cref="Apply"/> passes over are of no concern here either.</param>
    /// <param name="key">Its namespace and name.</param>
    public void Delete(ApiKind kind, ObjectKey key)
    {
        ArgumentNullException.ThrowIfNull(kind);
        switch (kind.Kind)
        {
            case nameof(PersistentVolume):
                _volumes.Delete(key);
                break;
            case nameof(PersistentVolumeClaim):
                _claims.Delete(key);
                break;
            case nameof(StorageClass):
                SetClass(key.Name, null);
                break;
            case nameof(CSIDriver):
                SetDriver(key.Name, null);
                break;
            case nameof(CSINode):
                SetCSINode(key.Name, null);
                break;
            case nameof(CSIStorageCapacity):
                SetCapacity(key, null);
                break;
            case nameof(Node) when _nodes.Find(key.Name) is >= 0 and var row:
                SetNode(row, null);
                break;
            default:
                return;
        }

        ApiChanged?.Invoke(kind.Kind, key);
    }

    /// <summary>Puts a node into a row that the caller chooses, or takes it out.</summary>
    internal void SetNode(int row, Node? node)
    {
        if (_nodes.Set(row, node))
        {
            foreach (var storage in _classes.Values)
            {
                storage.NodesChanged();
            }
        }
    }

    internal PersistentVolumeClaim? ApiClaim(ObjectKey key) => _claims.Api(key);

    internal PersistentVolumeClaim? LatestClaim(ObjectKey key) => _claims.Latest(key);

    /// <summary>A claim of which decisions and the API have the same version; null for any other.</summary>
    internal PersistentVolumeClaim? SettledClaim(ObjectKey key) => _claims.Settled(key);

    /// <summary>A volume of which decisions and the API have the same version; null for any other.</summary>
    internal PersistentVolume? SettledVolume(string name) => _volumes.Settled(new("", name));

    internal PersistentVolume? ApiVolume(string name) => _volumes.Api(new("", name));

    internal StorageClass? FindClass(string name) => _classes.GetValueOrDefault(name)?.Object;

    internal CSINode? FindCSINode(string nodeName) => _csiNodes.TryGetValue(nodeName, out var csiNode) ? csiNode : null;

    internal CSIDriver? FindDriver(string name) => _drivers.GetValueOrDefault(name);

    internal ClassStorage ClassOf(string name)
    {
        if (!_classes.TryGetValue(name, out var storage))
        {
            storage = new(_nodes, _ownership);
            _classes.Add(name, storage);
        }

        return storage;
    }

    internal ClaimRequest RequestOf(PersistentVolumeClaim claim) => _requests.Of(claim);

    /// <summary>Volumes that name a claim, whatever their class, by name; as decisions go by them.</summary>
    internal IReadOnlyList<PersistentVolume> VolumesNaming(ObjectKey claim) => _volumesByClaim.TryGetValue(claim, out var volumes) ? volumes : [];

    private void TellOfVolume(ObjectKey key) => ApiChanged?.Invoke(nameof(PersistentVolume), key);

    private void TellOfClaim(ObjectKey key) => ApiChanged?.Invoke(nameof(PersistentVolumeClaim), key);

    private void ReadAll<T>(ObjectSet<T> items)
        where T : class, IApiObject
    {
        foreach (var item in items)
        {
            Apply(item);
        }
    }

    private void SetClass(string name, StorageClass? item)
    {
        var storage = ClassOf(name);
        KeepUndo(storage.Object, before => SetClass(name, before), nameof(StorageClass), new("", name));
        storage.SetObject(item);
    }

    private void SetDriver(string name, CSIDriver? item)
    {
        KeepUndo(FindDriver(name), before => SetDriver(name, before), nameof(CSIDriver), new("", name));
        if (item is null)
        {
            _drivers.Remove(name);
        }
        else
        {
            _drivers[name] = item;
        }

        foreach (var storage in _classes.Values)
        {
            storage.ChangeAll();
        }
    }

    private void SetCSINode(string name, CSINode? item)
    {
        KeepUndo(FindCSINode(name), before => SetCSINode(name, before), nameof(CSINode), new("", name));
        if (item is null)
        {
            _csiNodes.Remove(name, out _);
        }
        else
        {
            _csiNodes.Set(name, item);
        }
    }

    private void SetCapacity(ObjectKey key, CapacityEntry? entry)
    {
        var known = _classOfCapacity.TryGetValue(key, out var name) ? name : null;
        var before = known is null ? null : ClassOf(known).Capacity.Find(key);
        KeepUndo(before, item => SetCapacity(key, item), nameof(CSIStorageCapacity), key);
        if (known is not null && known != entry?.Object.StorageClassName)
        {
            _classOfCapacity.Remove(key, out _);
            ClassOf(known).SetCapacity(key, null);
        }

        if (entry is not null)
        {
            _classOfCapacity.Set(key, entry.Object.StorageClassName);
            ClassOf(entry.Object.StorageClassName).SetCapacity(key, entry);
        }
    }

    private void KeepUndo<T>(T? before, Action<T?> set, string kind, ObjectKey key)
        where T : class
    {
        if (_undo?.IsActive == true)
        {
            _undo.Add(() =>
            {
                set(before);
                ApiChanged?.Invoke(kind, key);
            });
        }
    }

    private void ReadNodes(ObjectSet<Node> nodes)
    {
        var row = 0;
        foreach (var node in nodes)
        {
            _nodes.Set(row++, node);
        }
    }

    private void VolumeChanged(PersistentVolume? before, PersistentVolume? after)
    {
        if (before is not null)
        {
            if (IsFree(before))
            {
                ClassOf(Claims.ClassOf(before)).SetVolume(before, null);
            }

            UnlinkFromClaim(before);
        }

        if (after is not null)
        {
            if (IsFree(after))
            {
                ClassOf(Claims.ClassOf(after)).SetVolume(null, after);
            }

            LinkToClaim(after);
        }
    }

    private static bool IsFree(PersistentVolume volume) =>
        volume.Spec.ClaimRef is null && volume.Status.Phase == "Available" && volume.Metadata.DeletionTimestamp is null;

    private void LinkToClaim(PersistentVolume volume)
    {
        if (volume.Spec.ClaimRef is not { } reference)
        {
            return;
        }

        var key = new ObjectKey(reference.Namespace, reference.Name);
        var volumes = _volumesByClaim.GetValueOrDefault(key, []);
        var position = Array.FindIndex(volumes, other => string.CompareOrdinal(other.Metadata.Name, volume.Metadata.Name) > 0);
        position = position < 0 ? volumes.Length : position;
        _volumesByClaim.Set(key, [.. volumes[..position], volume, .. volumes[position..]]);
    }

    private void UnlinkFromClaim(PersistentVolume volume)
    {
        if (volume.Spec.ClaimRef is not { } reference)
        {
            return;
        }

        var key = new ObjectKey(reference.Namespace, reference.Name);
        var others = Array.FindAll(_volumesByClaim.GetValueOrDefault(key, []), other => !ReferenceEquals(other, volume));
        if (others.Length == 0)
        {
            _volumesByClaim.Remove(key, out _);
        }
        else
        {
            _volumesByClaim.Set(key, others);
        }
    }
}
