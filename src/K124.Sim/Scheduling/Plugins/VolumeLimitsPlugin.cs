using System.Collections.Immutable;
using System.Runtime.InteropServices;
using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;
using K124.Sim.Scheduling.Volumes;
using K124.Sim.Storage.Binding;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>What plugins have in common that count the volumes of a node against a limit.</summary>
internal abstract class VolumeLimitsPlugin : IFilterPlugin
{
    private readonly VolumeState _volumes;
    private readonly NodeTable _nodes;
    private readonly int _index;
    private readonly VolumeLimits _limits;
    private readonly PluginStatus _exceeded;
    private readonly List<CountedVolume> _resolved = [];
    private readonly List<VolumeIdentity> _found = [];

    protected VolumeLimitsPlugin(string name, NodeTable nodes, VolumeState volumes, int index)
    {
        Name = name;
        _nodes = nodes;
        _volumes = volumes;
        _index = index;
        _limits = new(nodes.Volumes, LimitsOf, ResolvePresent);
        _exceeded = new(name, StatusCode.Unschedulable, "node(s) exceed max volume count");
    }

    public string Name { get; }

    public bool TryFollowNode(PodClass pod, int row) => true;

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.NodePods;

    public PluginReads ReadsFor(PodClass pod) => pod.Volumes?.IsShared == false ? PluginReads.Anything : PluginReads.NodePods;

    protected VolumeBinder Binder => _volumes.Binder;

    protected NodeTable Nodes => _nodes;

    /// <summary>Whether a limit is checked even if all volumes of the pod are on the node already.</summary>
    protected abstract bool ChecksWithoutNew { get; }

    public RowFilter? RowFilterFor(PodClass pod) => pod.Volumes is null ? null : new AnyRowFilter(this, pod);

    public bool IsActive(PodClass pod) => pod.Volumes is not null && !MemoOf(pod).CountsNothing;

    public bool MayFail(PodClass pod)
    {
        if (!IsActive(pod))
        {
            return false;
        }

        if (MemoOf(pod).Error is not null)
        {
            return true;
        }

        foreach (var row in _volumes.Usage.Doubtful.Keys)
        {
            if (_nodes.HasNode[row] && StatusOf(pod, row)?.Code == StatusCode.Error)
            {
                return true;
            }
        }

        return false;
    }

    public PluginStatus? Filter(PodClass pod, int row) => IsActive(pod) ? StatusOf(pod, row) : null;

    /// <summary>The limits of a node by key; empty if it has none.</summary>
    protected abstract ImmutableDictionary<string, long> LimitsOf(int row);

    /// <summary>Adds what a volume of a pod counts for, if anything.</summary>
    /// <returns>An error that ends the attempt, or null.</returns>
    protected abstract string? Resolve(Pod pod, Volume volume, bool isNew, List<CountedVolume> found);

    /// <summary>Adds what an unbound claim counts for, if anything.</summary>
    /// <param name="request">What the claim asks for.</param>
    /// <param name="standIn">A key that no claim has.</param>
    /// <param name="found">Where to add it.</param>
    protected abstract void ResolveRequest(ClaimRequest request, ObjectKey standIn, List<CountedVolume> found);

    /// <summary>Adds what the volume of a bound claim counts for, if anything.</summary>
    /// <param name="terms">What the volume is.</param>
    /// <param name="attached">Its names; null if no node has it.</param>
    /// <param name="standIn">A key that no claim has.</param>
    /// <param name="found">Where to add it.</param>
    protected abstract void ResolveBound(VolumeTerms terms, VolumeNames? attached, ObjectKey standIn, List<CountedVolume> found);

    protected VolumeState Volumes => _volumes;

    protected CSINode? CSINodeOf(int row) => Binder.FindCSINode(_nodes.Names[row]);

    private PluginStatus? StatusOf(PodClass pod, int row)
    {
        var memo = MemoOf(pod);
        if (memo.Error is not null || pod.IsFirstUse)
        {
            return memo.Error ?? Check(memo, row);
        }

        var version = _volumes.Usage.Version(row);
        ref var known = ref memo.Row(row, _nodes.RowCount);
        if (known.Version != version + 1)
        {
            known = new(version + 1, Check(memo, row));
        }

        return known.Status;
    }

    private PluginStatus? Check(Memo memo, int row)
    {
        _found.Clear();
        AddCounted(memo.Volumes, row, _found);
        if (_found.Count == 0)
        {
            return null;
        }

        var counted = _limits.Of(row);
        if (!counted.HasLimits)
        {
            return null;
        }

        return counted.Error is { } failure ? new(Name, StatusCode.Error, failure) : counted.IsExceededWith(_found, ChecksWithoutNew) ? _exceeded : null;
    }

    /// <summary>Adds those of the volumes that count on a node.</summary>
    private void AddCounted(ReadOnlySpan<CountedVolume> volumes, int row, List<VolumeIdentity> found)
    {
        foreach (var (identity, migratedPlugin) in volumes)
        {
            if (migratedPlugin is null || Binder.Migration.IsOnForVolumeLimits(migratedPlugin, CSINodeOf(row)))
            {
                found.Add(identity);
            }
        }
    }

    /// <summary>Adds what the volumes of a pod that is on a node count for there.</summary>
    private string? ResolvePresent(Pod pod, int row, List<VolumeIdentity> found)
    {
        _resolved.Clear();
        var error = ResolveAll(pod, pod.Spec.Volumes.AsSpan(), isNew: false, _resolved);
        AddCounted(CollectionsMarshal.AsSpan(_resolved), row, found);
        return error;
    }

    private string? ResolveAll(Pod pod, ReadOnlySpan<Volume> volumes, bool isNew, List<CountedVolume> found)
    {
        string? error = null;
        foreach (var volume in volumes)
        {
            error ??= Resolve(pod, volume, isNew, found);
        }

        return error;
    }

    /// <summary>What is kept for a class: of a shared shape until classes change, else until anything of claims and volumes does.</summary>
    private Memo MemoOf(PodClass pod)
    {
        var epoch = pod.Volumes!.IsShared ? _volumes.ClassEpoch : _volumes.Epoch;
        if (pod.PluginData[_index] is not Memo memo || memo.Epoch != epoch)
        {
            pod.PluginData[_index] = memo = ResolveNew(pod, epoch);
        }

        return memo;
    }

    private Memo ResolveNew(PodClass pod, int epoch)
    {
        var shape = pod.Volumes!;
        _resolved.Clear();
        var error = ResolveAll(pod.Sample, shape.Volumes, isNew: true, _resolved);
        for (var i = 0; i < shape.Requests.Length; i++)
        {
            ResolveRequest(shape.Requests[i], StandIn.Of(i), _resolved);
        }

        for (var i = 0; i < shape.Bound.Length; i++)
        {
            ResolveBound(shape.Bound[i].Terms, shape.Bound[i].Attached, StandIn.Of(shape.Requests.Length + i), _resolved);
        }

        return new(epoch, error is null ? null : new(Name, StatusCode.Error, error), [.. _resolved]);
    }

    /// <summary>What the volumes of a class of pods come to.</summary>
    private sealed class Memo(int epoch, PluginStatus? error, CountedVolume[] volumes)
    {
        private (int Version, PluginStatus? Status)[] _rows = [];

        public int Epoch { get; } = epoch;

        /// <summary>Why that cannot be told, on whatever node; null if it can.</summary>
        public PluginStatus? Error { get; } = error;

        /// <summary>The volumes that count, at least on some nodes.</summary>
        public CountedVolume[] Volumes { get; } = volumes;

        /// <summary>Whether no node can have anything against the pods.</summary>
        public bool CountsNothing => Error is null && Volumes.Length == 0;

        /// <summary>The verdict on a node, with 1 + the version of the node's volumes that it is for.</summary>
        public ref (int Version, PluginStatus? Status) Row(int row, int rowCount)
        {
            if (row >= _rows.Length)
            {
                Array.Resize(ref _rows, rowCount);
            }

            return ref _rows[row];
        }
    }

    /// <summary>Keys that stand for the claims of a shared shape; no namespace has such a name.</summary>
    private static class StandIn
    {
        private static readonly ImmutableArray<ObjectKey> Keys = [.. Enumerable.Range(0, 16).Select(Make)];

        public static ObjectKey Of(int index) => index < Keys.Length ? Keys[index] : Make(index);

        private static ObjectKey Make(int index) => new("/", $"{index}");
    }
}
