using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.Internal;
using K124.Sim.Storage;
using K124.Sim.Storage.Internal;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>What plugins have in common that count the volumes of a node against a limit.</summary>
internal abstract class VolumeLimitsPlugin : IFilterPlugin
{
    private readonly VolumeState _volumes;
    private readonly NodeTable _nodes;
    private readonly int _index;
    private readonly VolumeLimits _limits;
    private readonly PluginStatus _exceeded;
    private readonly List<VolumeIdentity> _found = [];

    protected VolumeLimitsPlugin(string name, NodeTable nodes, VolumeState volumes, int index)
    {
        Name = name;
        _nodes = nodes;
        _volumes = volumes;
        _index = index;
        _limits = new(nodes.Volumes, LimitsOf, (pod, row, found) => ResolveAll(pod, pod.Spec.Volumes.AsSpan(), row, isNew: false, found));
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

    public bool IsActive(PodClass pod) => pod.Volumes is { } shape && MayCount(shape);

    public bool MayFail(PodClass pod)
    {
        // Only claims of ephemeral volumes that belong to another pod, and claims that are not there, cannot be told.
        if (!IsActive(pod))
        {
            return false;
        }

        if (!pod.Volumes!.IsShared)
        {
            return Array.Exists(_nodes.Order, row => IsError(pod, row));
        }

        foreach (var row in _volumes.Usage.Ephemeral.Keys)
        {
            if (IsError(pod, row))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsError(PodClass pod, int row) => _nodes.HasNode[row] && StatusOf(pod, row)?.Code == StatusCode.Error;

    public PluginStatus? Filter(PodClass pod, int row) => IsActive(pod) ? StatusOf(pod, row) : null;

    /// <summary>The limits of a node by key; empty if it has none.</summary>
    protected abstract ImmutableDictionary<string, long> LimitsOf(int row);

    /// <summary>Whether a volume of a pod may count.</summary>
    protected abstract bool MayCount(VolumeShape shape);

    /// <summary>Adds what a volume of a pod counts for on a node, if anything.</summary>
    /// <returns>An error that ends the attempt, or null.</returns>
    protected abstract string? Resolve(Pod pod, Volume volume, int row, bool isNew, List<VolumeIdentity> found);

    /// <summary>Adds what an unbound claim counts for on a node, if anything.</summary>
    /// <param name="request">What the claim asks for.</param>
    /// <param name="standIn">A key that no claim has.</param>
    /// <param name="row">Row of the node.</param>
    /// <param name="found">Where to add it.</param>
    protected abstract void ResolveRequest(ClaimRequest request, ObjectKey standIn, int row, List<VolumeIdentity> found);

    protected CSINode? CSINodeOf(int row) => Binder.FindCSINode(_nodes.Names[row]);

    private PluginStatus? StatusOf(PodClass pod, int row)
    {
        var memo = MemoOf(pod);
        var version = _volumes.Usage.Version(row);
        ref var known = ref memo.Rows[row];
        if (known.Version != version + 1)
        {
            known = new(version + 1, Check(pod, row));
        }

        return known.Status;
    }

    private PluginStatus? Check(PodClass pod, int row)
    {
        _found.Clear();
        if (ResolveNew(pod, row) is { } error)
        {
            return new(Name, StatusCode.Error, error);
        }

        if (_found.Count == 0)
        {
            return null;
        }

        var counted = _limits.Of(row);
        if (counted.Limits.IsEmpty)
        {
            return null;
        }

        return counted.Error is { } failure ? new(Name, StatusCode.Error, failure) : counted.IsExceededWith(_found, ChecksWithoutNew) ? _exceeded : null;
    }

    private string? ResolveNew(PodClass pod, int row)
    {
        var shape = pod.Volumes!;
        if (!shape.IsShared)
        {
            return ResolveAll(pod.Sample, shape.Volumes, row, isNew: true, _found);
        }

        ResolveAll(pod.Sample, shape.Volumes, row, isNew: true, _found);
        for (var i = 0; i < shape.Requests.Length; i++)
        {
            ResolveRequest(shape.Requests[i], StandIn.Of(i), row, _found);
        }

        return null;
    }

    private string? ResolveAll(Pod pod, ReadOnlySpan<Volume> volumes, int row, bool isNew, List<VolumeIdentity> found)
    {
        string? error = null;
        foreach (var volume in volumes)
        {
            error ??= Resolve(pod, volume, row, isNew, found);
        }

        return error;
    }

    /// <summary>What is kept for a class: of a shared shape until classes change, else until anything of claims and volumes does.</summary>
    private Memo MemoOf(PodClass pod)
    {
        var epoch = pod.Volumes!.IsShared ? _volumes.ClassEpoch : _volumes.Epoch;
        if (pod.PluginData[_index] is not Memo memo || memo.Epoch != epoch || memo.Rows.Length < _nodes.RowCount)
        {
            memo = new(epoch, new (int, PluginStatus?)[_nodes.RowCount]);
            pod.PluginData[_index] = memo;
        }

        return memo;
    }

    private sealed record Memo(int Epoch, (int Version, PluginStatus? Status)[] Rows);

    /// <summary>Keys that stand for the claims of a shared shape; no namespace has such a name.</summary>
    private static class StandIn
    {
        private static readonly ImmutableArray<ObjectKey> Keys = [.. Enumerable.Range(0, 16).Select(Make)];

        public static ObjectKey Of(int index) => index < Keys.Length ? Keys[index] : Make(index);

        private static ObjectKey Make(int index) => new("/", $"{index}");
    }
}
