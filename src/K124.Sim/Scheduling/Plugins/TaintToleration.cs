using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps pods off nodes with taints that they do not tolerate, and prefers nodes with fewer soft ones.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/tainttoleration.</remarks>
internal sealed class TaintToleration(NodeTable nodes, int index) : IFilterPlugin, IRelativeScorePlugin
{
    private readonly Dictionary<(string Key, string Value), PluginStatus> _statuses = [];

    public string Name => nameof(TaintToleration);

    public bool TryFollowNode(PodClass pod, int row)
    {
        if (pod.PluginData[index] is int[] softTaints)
        {
            Array.Resize(ref softTaints, Math.Max(softTaints.Length, nodes.RowCount));
            softTaints[row] = CountUntoleratedSoftTaints(SoftTolerations(pod), row);
            pod.PluginData[index] = softTaints;
        }

        return true;
    }

    public void ShareNodeData(PodClass from, PodClass to) => to.PluginData[index] = SoftTaintsOf(from);

    public bool TryTakeOver(PodClass from, PodClass to)
    {
        to.PluginData[index] = (from.PluginData[index] as int[])?.Clone();
        return true;
    }

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.NodeObject;

    public bool IsReversed => true;

    public bool IsActive(PodClass pod) => true;

    public long Raw(PodClass pod, int row) => SoftTaintsOf(pod)[row];

    public PluginStatus? Filter(PodClass pod, int row)
    {
        foreach (var taint in nodes.Nodes[row].Spec.Taints)
        {
            if (taint.Effect is "NoSchedule" or "NoExecute" && !Tolerates(pod.Spec.Tolerations, taint))
            {
                return Untolerated(taint);
            }
        }

        return null;
    }

    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        if (pod.IsFirstUse && pod.PluginData[index] is null)
        {
            CountUntoleratedSoftTaints(SoftTolerations(pod), rows, scores);
            return;
        }

        var softTaints = SoftTaintsOf(pod);
        for (var i = 0; i < rows.Length; i++)
        {
            scores[i] = softTaints[rows[i]];
        }
    }

    public void NormalizeScore(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores) => Normalization.ScaleByMaximum(scores, reverse: true);

    private static bool Tolerates(ImmutableArray<Toleration> tolerations, Taint taint)
    {
        foreach (var toleration in tolerations)
        {
            if (toleration.Tolerates(taint))
            {
                return true;
            }
        }

        return false;
    }

    private int[] SoftTaintsOf(PodClass pod) => (int[])(pod.PluginData[index] ??= CountUntoleratedSoftTaints(pod));

    private int[] CountUntoleratedSoftTaints(PodClass pod)
    {
        var tolerations = SoftTolerations(pod);
        var counts = new int[nodes.RowCount];
        for (var row = 0; row < counts.Length; row++)
        {
            counts[row] = CountUntoleratedSoftTaints(tolerations, row);
        }

        return counts;
    }

    private void CountUntoleratedSoftTaints(ImmutableArray<Toleration> tolerations, ReadOnlySpan<int> rows, Span<long> counts)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            counts[i] = CountUntoleratedSoftTaints(tolerations, rows[i]);
        }
    }

    private int CountUntoleratedSoftTaints(ImmutableArray<Toleration> tolerations, int row)
    {
        var count = 0;
        foreach (var taint in nodes.Nodes[row].Spec.Taints)
        {
            count += taint.Effect == "PreferNoSchedule" && !Tolerates(tolerations, taint) ? 1 : 0;
        }

        return count;
    }

    private static ImmutableArray<Toleration> SoftTolerations(PodClass pod) =>
        pod.Spec.Tolerations.IsEmpty ? [] : [.. pod.Spec.Tolerations.Where(static toleration => toleration.Effect is "" or "PreferNoSchedule")];

    private PluginStatus Untolerated(Taint taint)
    {
        var key = (taint.Key, taint.Value);
        if (!_statuses.TryGetValue(key, out var status))
        {
            status = new(Name, StatusCode.UnschedulableAndUnresolvable, $"node(s) had untolerated taint {{{taint.Key}: {taint.Value}}}");
            _statuses.Add(key, status);
        }

        return status;
    }
}
