using K124.Sim.Model;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Tests.Storage.Binding;

/// <summary>A volume binder with what its user keeps of it: pods, reservations and one checkpoint. The same steps always make the same life.</summary>
internal sealed class BinderLife : IStorageUndo
{
    private static readonly string[] SharedClasses = ["local", "dyn", "plain"];

    private readonly List<string?> _rows;
    private readonly List<Pod> _pods;
    private readonly SharedVerdicts[] _verdicts;
    private readonly Stack<Action> _undo = new();
    private List<PodVolumes> _reservations;
    private PodVolumes[]? _checkpoint;

    public BinderLife(Cluster cluster, VolumeBinderOptions options)
    {
        Binder = new(cluster, options);
        (_rows, _pods, _reservations) = ([.. cluster.Nodes.Select(static node => node.Metadata.Name)], [], []);
        _verdicts = [.. SharedClasses.Select(VerdictsOf)];
        Binder.RecordTo(this);
        Binder.ApiChanged = Tell;
    }

    private BinderLife(BinderLife other)
    {
        Binder = other.Binder.Fork();
        Assert.Null(Binder.ApiChanged);
        (_rows, _pods, _reservations) = ([.. other._rows], [.. other._pods], [.. other._reservations]);
        Told.AddRange(other.Told);
        _verdicts = [.. SharedClasses.Select(VerdictsOf)];
        Binder.RecordTo(this);
        Binder.ApiChanged = Tell;
    }

    public VolumeBinder Binder { get; }

    public bool IsActive { get; private set; }

    public List<string> Told { get; } = [];

    /// <summary>How often each thing happened.</summary>
    public SortedDictionary<string, int> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary>A fork, which knows nothing of the checkpoint.</summary>
    public BinderLife Fork() => new(this);

    public void Add(Action undo) => _undo.Push(undo);

    public void Apply(IApiObject item)
    {
        Count($"Apply {item.Kind}");
        Binder.Apply(item);
        if (item is Node && !_rows.Contains(item.Metadata.Name))
        {
            var row = _rows.IndexOf(null);
            if (row < 0)
            {
                row = _rows.Count;
                _rows.Add(null);
            }

            _rows[row] = item.Metadata.Name;
        }
    }

    public void Delete(ApiKind kind, ObjectKey key)
    {
        Count($"Delete {kind.Kind}");
        Binder.Delete(kind, key);
        if (kind.Kind == nameof(Node) && _rows.IndexOf(key.Name) is >= 0 and var row)
        {
            _rows[row] = null;
        }
    }

    public void ClearRow(int number)
    {
        var row = number % _rows.Count;
        Binder.SetNode(row, null);
        _rows[row] = null;
    }

    public void AddPod(Pod pod, PersistentVolumeClaim[] claims)
    {
        _pods.Add(pod);
        foreach (var claim in claims)
        {
            Binder.Apply(claim);
        }
    }

    public void Reserve(int pod, int node)
    {
        if (_pods.Count == 0 || _rows[node % _rows.Count] is not { } nodeName)
        {
            return;
        }

        var claims = Binder.GetPodVolumes(_pods[pod % _pods.Count]);
        if (claims.Rejection is null && claims.Error is null && Binder.FindPodVolumes(claims, nodeName) is { Fits: true } finding
            && Binder.AssumePodVolumes(claims, nodeName, finding.Volumes) is { Error: null, Volumes: { IsEmpty: false } reserved })
        {
            Count(reserved.StaticBindings.IsEmpty ? "provision" : "static");
            _reservations.Add(reserved);
        }
    }

    public void Revert(int number)
    {
        if (Take(number) is { } reserved)
        {
            Count("revert");
            Binder.RevertAssumedPodVolumes(reserved);
        }
    }

    public void Bind(int number, int version, bool isRefused)
    {
        if (Take(number) is { } reserved)
        {
            Count("bind");
            Binder.BindPodVolumes(new("default", "p"), _rows[number % _rows.Count] ?? "", reserved, item =>
            {
                IApiObject stored = item is PersistentVolume volume
                    ? volume with { Metadata = volume.Metadata with { ResourceVersion = $"{version}" } }
                    : (PersistentVolumeClaim)item with { Metadata = item.Metadata with { ResourceVersion = $"{version}" } };
                Binder.Apply(stored);
                return isRefused ? VolumeWrite.Failed("no") : VolumeWrite.Succeeded(stored);
            });
        }
    }

    public void Checkpoint()
    {
        _undo.Clear();
        (IsActive, _checkpoint) = (true, [.. _reservations]);
    }

    public void Commit()
    {
        _undo.Clear();
        (IsActive, _checkpoint) = (false, null);
    }

    /// <summary>Undoes what was done since the checkpoint, except to nodes, which is not for the binder to undo.</summary>
    public void RollBack()
    {
        if (_checkpoint is not { } checkpoint)
        {
            return;
        }

        Count("undo");
        IsActive = false;
        while (_undo.TryPop(out var undo))
        {
            undo();
        }

        _reservations = [.. checkpoint];
        _checkpoint = null;
    }

    /// <summary>All that can be asked of the binder, as text.</summary>
    public List<string> Picture() =>
    [
        $"{Binder.NodeRows} rows",
        .. Told,
        .. Binder.AssumedVolumes.Select(static volume => volume.ToString()),
        .. Binder.AssumedClaims.Select(static claim => claim.ToString()),
        .. _pods.DistinctBy(static pod => pod.Metadata.Name).SelectMany(Picture),
        .. _verdicts.SelectMany((verdicts, number) => Picture(verdicts, VerdictsOf(SharedClasses[number]))),
    ];

    private IEnumerable<string> Picture(Pod pod)
    {
        var claims = Binder.GetPodVolumes(pod);
        yield return $"{pod.Metadata.Name}: {claims.Rejection} {claims.Error} {string.Join(", ", claims.BoundClaims)} {string.Join(", ", claims.ClaimsToBind)}";
        foreach (var node in _rows.OfType<string>())
        {
            var finding = Binder.FindPodVolumes(claims, node);
            var bindings = finding.Volumes.StaticBindings.Select(static binding => $"{binding.Claim.Metadata.Name}={binding.Volume}");
            yield return $"{node}: {string.Join(", ", [.. bindings, .. finding.Volumes.DynamicProvisions.Select(static claim => claim.ToString()), .. finding.Reasons])} {finding.Error}";
            yield return string.Join("; ", Binder.ExplainPodVolumes(claims, node).Claims);
        }
    }

    /// <summary>Verdicts that were kept are those that are made now.</summary>
    private IEnumerable<string> Picture(SharedVerdicts kept, SharedVerdicts made)
    {
        kept.Sync();
        made.Sync();
        for (var row = 0; row < _rows.Count; row++)
        {
            if (_rows[row] is { } node)
            {
                Assert.Equal(made.Of(row), kept.Of(row));
                yield return $"{node}: {made.Of(row)}";
            }
        }
    }

    private SharedVerdicts VerdictsOf(string className) => new(Binder, ClaimSet.Of([Binder.RequestOf(new()
    {
        Spec = new()
        {
            StorageClassName = className,
            AccessModes = ["ReadWriteOnce"],
            Resources = new() { Requests = StringMap.Of(("storage", Quantity.Parse("2Gi"))) },
        },
    })]));

    private PodVolumes? Take(int number)
    {
        if (_reservations.Count == 0)
        {
            return null;
        }

        var taken = _reservations[number % _reservations.Count];
        _reservations.Remove(taken);
        return taken;
    }

    private void Tell(string kind, ObjectKey key) => Told.Add($"{kind} {key}");

    private void Count(string what) => Seen[what] = Seen.GetValueOrDefault(what) + 1;
}
