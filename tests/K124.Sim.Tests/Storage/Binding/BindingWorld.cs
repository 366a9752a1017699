using K124.Sim.Model;
using K124.Sim.Storage.Binding;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Tests.Storage.Binding;

/// <summary>A volume binder and a PV controller beside one API, which each of them hears of late, and which refuses writes that come from an old version.</summary>
internal sealed class BindingWorld
{
    private const string SelectedNode = "volume.kubernetes.io/selected-node";

    private readonly VolumeDice _dice;
    private readonly int _nodes;
    private readonly Dictionary<(string Kind, ObjectKey Key), IApiObject> _stored = [];
    private readonly List<(string Kind, ObjectKey Key, int Version, IApiObject? Item)> _history = [];
    private readonly Dictionary<(string Kind, ObjectKey Key), int> _knownToController = [];
    private readonly List<PersistentVolumeClaim> _claims = [];
    private readonly List<Pod> _pods = [];
    private readonly List<(Pod Pod, string Node, PodVolumes Volumes)> _reservations = [];
    private int _heardByBinder;
    private int _heardByController;
    private int _number;

    public BindingWorld(int seed)
    {
        _dice = new(seed);
        _nodes = 1 + _dice.Below(3);
        var cluster = Cluster.Of([.. _dice.Fixed(_nodes), .. Enumerable.Range(0, 4).Select(i => _dice.Capacity(i, _nodes))]);
        Binder = new(cluster);
        Controller = new(cluster, new() { Api = WriteOfController });
        for (var i = 0; i < 4; i++)
        {
            AddPod();
            AddVolume();
        }
    }

    public VolumeBinder Binder { get; }

    public PersistentVolumeController Controller { get; }

    public IEnumerable<PersistentVolumeClaim> Claims => _stored.Values.OfType<PersistentVolumeClaim>();

    public IEnumerable<PersistentVolume> Volumes => _stored.Values.OfType<PersistentVolume>();

    /// <summary>How often each thing happened.</summary>
    public SortedDictionary<string, int> Seen { get; } = new(StringComparer.Ordinal);

    public void Step()
    {
        switch (_dice.Below(24))
        {
            case < 5:
                Reserve();
                break;
            case < 7:
                RollBack();
                break;
            case < 10:
                PreBind();
                break;
            case < 13:
                _heardByBinder = Hear(_heardByBinder, TellBinder);
                break;
            case < 16:
                _heardByController = Hear(_heardByController, TellController);
                break;
            case < 20:
                Sync();
                break;
            case 20:
                Provision();
                break;
            case 21:
                AddVolume();
                break;
            case 22:
                AddPod();
                break;
            default:
                ChangeSomething();
                break;
        }
    }

    /// <summary>Rolls every reservation back and lets the binder hear all that there is.</summary>
    public void RollBackAll()
    {
        while (_reservations.Count > 0)
        {
            RollBack();
        }

        for (; _heardByBinder < _history.Count; _heardByBinder++)
        {
            TellBinder(_heardByBinder);
        }
    }

    private void Reserve()
    {
        var pod = _dice.Of(_pods);
        var node = $"n{_dice.Below(_nodes)}";
        var claims = Binder.GetPodVolumes(pod);
        if (claims.Rejection is not null || claims.Error is not null || _reservations.Exists(reserved => reserved.Pod == pod))
        {
            return;
        }

        var found = Binder.FindPodVolumes(claims, node);
        if (!found.Fits)
        {
            return;
        }

        var reserved = Binder.AssumePodVolumes(claims, node, found.Volumes);
        if (reserved.Error is null && !reserved.Volumes.IsEmpty)
        {
            Count(reserved.Volumes.StaticBindings.IsEmpty ? "provision" : "static");
            _reservations.Add((pod, node, reserved.Volumes));
        }
    }

    private void RollBack()
    {
        if (_reservations.Count == 0)
        {
            return;
        }

        var (_, _, volumes) = Take();
        Binder.RevertAssumedPodVolumes(volumes);
        Count("rolled back");
        Assert.All(volumes.StaticBindings, binding => Assert.DoesNotContain(Binder.AssumedVolumes, assumed => assumed.Metadata.Name == binding.Volume.Metadata.Name));
        Assert.All(volumes.DynamicProvisions, claim => Assert.DoesNotContain(Binder.AssumedClaims, assumed => assumed.Metadata.Name == claim.Metadata.Name));
        Assert.All(volumes.DynamicProvisions, claim => Assert.Same(Binder.ApiClaim(ObjectKey.Of(claim)), Binder.LatestClaim(ObjectKey.Of(claim))));
    }

    private void PreBind()
    {
        if (_reservations.Count == 0)
        {
            return;
        }

        var (pod, node, volumes) = Take();
        var attempt = Binder.BindPodVolumes(ObjectKey.Of(pod), node, volumes, WriteOfBinder);
        if (attempt.Error is null && _dice.Chance(50))
        {
            _reservations.Add((pod, node, attempt.Volumes));
        }

        Count(attempt.Error is null ? "pre-bound" : "refused");
    }

    private void Sync()
    {
        var isClaim = _dice.Chance(60);
        VolumeSyncKey[] keys = isClaim
            ? [.. Controller.Claims.Select(static claim => new VolumeSyncKey(nameof(PersistentVolumeClaim), ObjectKey.Of(claim)))]
            : [.. Controller.Volumes.Select(static volume => new VolumeSyncKey(nameof(PersistentVolume), ObjectKey.Of(volume)))];
        if (keys.Length == 0)
        {
            return;
        }

        foreach (var change in Controller.Sync(_dice.Of(keys)).Changes)
        {
            Count(change.Object is PersistentVolumeClaim { Status.Phase: "Bound" } ? "bound" : $"controller writes {change.Object.Kind}");
            if (_stored.TryGetValue(KeyOf(change.Object), out var stored))
            {
                Controller.Apply(stored);
            }
        }
    }

    /// <summary>The provisioner of some claim makes the volume for the node chosen.</summary>
    private void Provision()
    {
        if (Claims.FirstOrDefault(static claim => claim.Spec.VolumeName.Length == 0 && claim.Metadata.Annotations.ContainsKey(SelectedNode)) is not { } claim)
        {
            return;
        }

        Count("provisioned");
        var volume = _dice.Volume(_number++, _nodes, []);
        Store(volume with
        {
            Spec = volume.Spec with
            {
                StorageClassName = claim.Spec.StorageClassName ?? "",
                Capacity = StringMap.Of(("storage", Quantity.Parse("8Gi"))),
                VolumeMode = claim.Spec.VolumeMode,
                NodeAffinity = null,
                ClaimRef = new() { Namespace = "default", Name = claim.Metadata.Name, Uid = claim.Metadata.Uid },
            },
        });
    }

    private void AddVolume() => Store(_dice.Volume(_number++, _nodes, _claims));

    private void AddPod()
    {
        var pod = _dice.Pod(_number++, _claims);
        _pods.Add(pod);
        foreach (var claim in _dice.ClaimsOf(pod))
        {
            var names = _dice.Chance(15) && Volumes.Any();
            _claims.Add(claim);
            Store(names ? claim with { Spec = claim.Spec with { VolumeName = _dice.Of([.. Volumes]).Metadata.Name } } : claim);
        }
    }

    /// <summary>A user labels, deletes, or makes a released volume available again.</summary>
    private void ChangeSomething()
    {
        if (_stored.Count == 0)
        {
            return;
        }

        var (key, item) = _dice.Of([.. _stored]);
        switch (_dice.Below(3))
        {
            case 0:
                Record(key, null);
                break;
            case 1 when Volumes.FirstOrDefault(IsOrphan) is { } orphan:
                Count("freed");
                Store(orphan with { Spec = orphan.Spec with { ClaimRef = null } });
                break;
            default:
                Store(item is PersistentVolume volume
                    ? volume with { Metadata = volume.Metadata with { Labels = volume.Metadata.Labels.With("tier", _dice.Of(["gold", "tin"])) } }
                    : (PersistentVolumeClaim)item with { Metadata = item.Metadata with { Labels = item.Metadata.Labels.With("note", "x") } });
                break;
        }
    }

    private bool IsOrphan(PersistentVolume volume) =>
        volume.Spec.ClaimRef is { Uid.Length: > 0 } claim && Claims.All(other => other.Metadata.Uid != claim.Uid);

    private VolumeWrite WriteOfBinder(IApiObject item)
    {
        if (_dice.Chance(10) || !_stored.TryGetValue(KeyOf(item), out var known) || known.Metadata.ResourceVersion != item.Metadata.ResourceVersion)
        {
            return VolumeWrite.Failed("conflict");
        }

        CheckOwner(known, item);
        return VolumeWrite.Succeeded(Store(item));
    }

    private string? WriteOfController(VolumeChange change)
    {
        var key = KeyOf(change.Object);
        if (_dice.Chance(10) || !_stored.TryGetValue(key, out var known) || VersionOf(known) != _knownToController.GetValueOrDefault(key))
        {
            return "conflict";
        }

        CheckOwner(known, change.Object);
        if (change.Kind == VolumeChangeKind.Delete)
        {
            Record(key, null);
        }
        else
        {
            Store(change.Object);
        }

        _knownToController[key] = _history.Count;
        return null;
    }

    /// <summary>A volume that was given to a claim is not given to another while the first is bound to it.</summary>
    private void CheckOwner(IApiObject known, IApiObject item)
    {
        if (known is PersistentVolume { Spec.ClaimRef: { } before } && item is PersistentVolume volume && volume.Spec.ClaimRef?.Uid != before.Uid)
        {
            Assert.True(volume.Spec.ClaimRef is not { } after || after.Name == before.Name, $"{volume.Metadata.Name} went from {before.Name} to {volume.Spec.ClaimRef?.Name}");
            Assert.DoesNotContain(Claims, claim => claim.Metadata.Uid == before.Uid && claim.Status.Phase == "Bound" && claim.Spec.VolumeName == volume.Metadata.Name);
        }
    }

    private IApiObject Store(IApiObject item)
    {
        var version = $"{_history.Count + 1}";
        IApiObject stored = item switch
        {
            PersistentVolume volume => volume with { Metadata = volume.Metadata with { ResourceVersion = version } },
            PersistentVolumeClaim claim => claim with { Metadata = claim.Metadata with { ResourceVersion = version } },
            _ => throw new ArgumentException($"Objects of kind {item.Kind} are not stored.", nameof(item)),
        };
        Record(KeyOf(item), stored);
        return stored;
    }

    private void Record((string Kind, ObjectKey Key) key, IApiObject? item)
    {
        _history.Add((key.Kind, key.Key, _history.Count + 1, item));
        if (item is null)
        {
            _stored.Remove(key);
        }
        else
        {
            _stored[key] = item;
        }
    }

    private int Hear(int heard, Action<int> tell)
    {
        var until = Math.Min(_history.Count, heard + 1 + _dice.Below(8));
        for (; heard < until; heard++)
        {
            tell(heard);
        }

        return heard;
    }

    private void TellBinder(int index)
    {
        var (kind, key, _, item) = _history[index];
        if (item is null)
        {
            Binder.Delete(ApiKind.All.Single(known => known.Kind == kind), key);
        }
        else
        {
            Binder.Apply(item);
        }
    }

    private void TellController(int index)
    {
        var (kind, key, version, item) = _history[index];
        if (version <= _knownToController.GetValueOrDefault((kind, key)))
        {
            return;
        }

        _knownToController[(kind, key)] = version;
        if (item is not null)
        {
            Controller.Apply(item);
        }
        else if (kind == nameof(PersistentVolume))
        {
            Controller.Remove<PersistentVolume>(key);
        }
        else
        {
            Controller.Remove<PersistentVolumeClaim>(key);
        }
    }

    private (Pod Pod, string Node, PodVolumes Volumes) Take()
    {
        var index = _dice.Below(_reservations.Count);
        var taken = _reservations[index];
        _reservations.RemoveAt(index);
        return taken;
    }

    private void Count(string what) => Seen[what] = Seen.GetValueOrDefault(what) + 1;

    private static int VersionOf(IApiObject item) => int.Parse(item.Metadata.ResourceVersion, System.Globalization.CultureInfo.InvariantCulture);

    private static (string Kind, ObjectKey Key) KeyOf(IApiObject item) => (item.Kind, ObjectKey.Of(item));
}
