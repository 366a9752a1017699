using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Storage.Binding;
using K124.Sim.Storage.Migration;

namespace K124.Sim.Storage.Volumes;

/// <summary>The PV controller: binds claims and volumes to each other, and reclaims volumes, as Kubernetes 1.24 does.</summary>
/// <remarks>
/// Holds what the controller knows of claims, volumes, classes and pods; <see cref="Apply"/> and <see cref="Remove{T}"/> tell it of the API,
/// and its own writes it knows at once. A sync is a function of that state: O(log volumes) unless a selector passes volumes over. Among volumes
/// of one size, and among pods, names decide where 1.24 goes by chance. Not thread-safe.
/// Kubernetes 1.24 pkg/controller/volume/persistentvolume.
/// </remarks>
public sealed partial class PersistentVolumeController
{
    private readonly PersistentVolumeControllerOptions _options;
    private readonly CSIMigration _migration;
    private readonly PersistentVolumeIndex _volumes = new();
    private readonly Dictionary<ObjectKey, PersistentVolumeClaim> _claims = [];
    private readonly Dictionary<string, StorageClass> _classes = [];
    private readonly PodsByClaim _pods = new();

    private readonly List<VolumeChange> _changes = [];
    private readonly List<VolumeEvent> _events = [];
    private readonly List<VolumeSyncKey> _requeued = [];

    /// <summary>Makes a controller that knows a cluster.</summary>
    /// <param name="cluster">Its claims, volumes, classes and pods are read.</param>
    /// <param name="options">Options; the defaults if null.</param>
    public PersistentVolumeController(Cluster cluster, PersistentVolumeControllerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        _options = options ?? new();
        _migration = new(_options.Profile);
        IEnumerable<IApiObject> known = [.. cluster.PersistentVolumes, .. cluster.PersistentVolumeClaims, .. cluster.StorageClasses, .. cluster.Pods];
        foreach (var item in known)
        {
            Apply(item);
        }
    }

    /// <summary>The volumes that the controller knows, by name.</summary>
    public IEnumerable<PersistentVolume> Volumes => _volumes.Volumes.OrderBy(static volume => volume.Metadata.Name, StringComparer.Ordinal);

    /// <summary>The claims that the controller knows, by namespace and name.</summary>
    public IEnumerable<PersistentVolumeClaim> Claims => _claims.Values.OrderBy(ObjectKey.Of);

    /// <summary>A volume that the controller knows.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The volume, or null.</returns>
    public PersistentVolume? FindVolume(string name) => _volumes.Find(name);

    /// <summary>A claim that the controller knows.</summary>
    /// <param name="key">Namespace and name.</param>
    /// <returns>The claim, or null.</returns>
    public PersistentVolumeClaim? FindClaim(ObjectKey key) => _claims.GetValueOrDefault(key);

    /// <summary>Takes notice of an object that was created or changed.</summary>
    /// <param name="item">A claim, volume, class or pod.</param>
    /// <returns>What is to be synced for it.</returns>
    /// <exception cref="ArgumentException">The controller does not read objects of that kind.</exception>
    public ImmutableArray<VolumeSyncKey> Apply(IApiObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        switch (item)
        {
            case PersistentVolume volume:
                _volumes.Set(volume);
                return [VolumeSyncKey.Volume(volume.Metadata.Name)];
            case PersistentVolumeClaim claim:
                _claims[ObjectKey.Of(claim)] = claim;
                return [VolumeSyncKey.Claim(ObjectKey.Of(claim))];
            case StorageClass storageClass:
                _classes[storageClass.Metadata.Name] = storageClass;
                return [];
            case Pod pod:
                _pods.Set(pod);
                return [];
            default:
                throw new ArgumentException($"The PV controller does not read objects of kind {item.Kind}.", nameof(item));
        }
    }

    /// <summary>Takes notice of an object that is gone.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="key">Namespace and name.</param>
    /// <returns>What is to be synced for it: the volume that a claim was bound to, the claim that a volume named.</returns>
    /// <exception cref="ArgumentException">The controller does not read objects of that kind.</exception>
    public ImmutableArray<VolumeSyncKey> Remove<T>(ObjectKey key)
        where T : class, IApiObject
    {
        if (typeof(T) == typeof(PersistentVolume))
        {
            var volume = _volumes.Find(key.Name);
            _volumes.Remove(key.Name);
            return volume?.Spec.ClaimRef is { } claim ? [VolumeSyncKey.Claim(new(claim.Namespace, claim.Name))] : [];
        }

        if (typeof(T) == typeof(PersistentVolumeClaim))
        {
            return _claims.Remove(key, out var claim) && claim.Spec.VolumeName.Length > 0 ? [VolumeSyncKey.Volume(claim.Spec.VolumeName)] : [];
        }

        if (typeof(T) == typeof(StorageClass))
        {
            _classes.Remove(key.Name);
        }
        else if (typeof(T) == typeof(Pod))
        {
            _pods.Remove(key);
        }
        else
        {
            throw new ArgumentException($"The PV controller does not read objects of type {typeof(T).Name}.", nameof(key));
        }

        return [];
    }

    /// <summary>Looks at one claim or volume.</summary>
    /// <param name="key">The claim or volume; nothing is done if there is none.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException">The key is of another kind.</exception>
    public VolumeSyncResult Sync(VolumeSyncKey key) => key.Kind switch
    {
        nameof(PersistentVolumeClaim) => SyncClaim(key.Key),
        nameof(PersistentVolume) => SyncVolume(key.Key.Name),
        _ => throw new ArgumentException($"Objects of kind {key.Kind} are not synced.", nameof(key)),
    };

    /// <summary>Looks at one claim.</summary>
    /// <param name="key">Namespace and name; nothing is done if there is no such claim.</param>
    /// <returns>What was done.</returns>
    public VolumeSyncResult SyncClaim(ObjectKey key)
    {
        var claim = _claims.GetValueOrDefault(key);
        return Result(claim is null ? null : SyncClaim(claim));
    }

    /// <summary>Looks at one volume.</summary>
    /// <param name="name">Its name; nothing is done if there is no such volume.</param>
    /// <returns>What was done.</returns>
    public VolumeSyncResult SyncVolume(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Result(_volumes.Find(name) is { } volume ? SyncVolume(volume) : null);
    }

    /// <summary>Everything that the controller knows.</summary>
    internal Cluster Known() => Cluster.Of([.. _volumes.Volumes, .. _claims.Values, .. _classes.Values, .. _pods.All]);

    private VolumeSyncResult Result(string? error)
    {
        var result = new VolumeSyncResult { Changes = [.. _changes], Events = [.. _events], Requeued = [.. _requeued], Error = error };
        _changes.Clear();
        _events.Clear();
        _requeued.Clear();
        return result;
    }

    /// <summary>Writes an object unless it is as it was, and takes notice of it.</summary>
    /// <returns>Why the API refused it; null if it did not.</returns>
    private string? Write<T>(VolumeChangeKind kind, T before, ref T item)
        where T : class, IApiObject
    {
        if (item.Equals(before))
        {
            return null;
        }

        var change = new VolumeChange(kind, item);
        if (_options.Api?.Invoke(change) is { } error)
        {
            item = before;
            return error;
        }

        _changes.Add(change);
        Apply(item);
        return null;
    }
}
