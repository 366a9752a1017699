using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Prefers nodes that have the pod's images, the more the fewer nodes lack them.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/imagelocality.</remarks>
internal sealed class ImageLocality(SchedulerState state, int index) : IScorePlugin
{
    private const long MiB = 1 << 20;
    private const long LowThreshold = 23 * MiB;
    private const long HighThresholdPerContainer = 1000 * MiB;

    public string Name => nameof(ImageLocality);

    // With images that no node has, every node has the lowest score, however many nodes there are.
    public bool TryFollowNode(PodClass pod, int row) => !HasImages(pod);

    public void ShareNodeData(PodClass from, PodClass to) => to.PluginData[index] = from.PluginData[index];

    public bool TryTakeOver(PodClass from, PodClass to)
    {
        to.PluginData[index] = from.PluginData[index];
        return true;
    }

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.NodeObject;

    // No node has more than the least score while none has an image of the pod.
    public RowScorer? RowScorerFor(PodClass pod) => !HasImages(pod) ? null : new AnyRowScorer(this, pod);

    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        if (pod.IsFirstUse && pod.PluginData[index] is null)
        {
            ScoreRows(ImagesOf(pod), pod, rows, scores);
            return;
        }

        var byRow = (long[])(pod.PluginData[index] ??= ScoreRows(pod));
        if (byRow.Length == 0)
        {
            scores.Clear();
            return;
        }

        for (var i = 0; i < rows.Length; i++)
        {
            scores[i] = byRow[rows[i]];
        }
    }

    private static string WithTag(string image) => image.LastIndexOf(':') <= image.LastIndexOf('/') ? image + ":latest" : image;

    /// <summary>The scores by row; empty if all are 0, since no node has an image of the pod.</summary>
    private long[] ScoreRows(PodClass pod)
    {
        var images = ImagesOf(pod);
        if (images.Length == 0)
        {
            return [];
        }

        var scores = new long[state.Nodes.RowCount];
        foreach (var row in state.Nodes.Order)
        {
            scores[row] = ScoreOf(images, row, pod.Spec.Containers.Length);
        }

        return scores;
    }

    private void ScoreRows(int[] images, PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        scores.Clear();
        for (var i = 0; i < rows.Length && images.Length > 0; i++)
        {
            scores[i] = ScoreOf(images, rows[i], pod.Spec.Containers.Length);
        }
    }

    private bool HasImages(PodClass pod)
    {
        foreach (var container in pod.Spec.Containers)
        {
            if (state.Images.Find(WithTag(container.Image)) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private int[] ImagesOf(PodClass pod) =>
        [.. pod.Spec.Containers.Select(container => state.Images.Find(WithTag(container.Image))).Where(static id => id >= 0)];

    private long ScoreOf(int[] images, int row, int containers)
    {
        long sum = 0;
        foreach (var image in state.Images.Of(row))
        {
            foreach (var wanted in images)
            {
                sum += wanted == image.Id ? (long)((double)image.SizeBytes * ((double)image.Nodes / (double)state.Nodes.Count)) : 0;
            }
        }

        var high = HighThresholdPerContainer * containers;
        return Normalization.MaxNodeScore * (Math.Clamp(sum, LowThreshold, high) - LowThreshold) / (high - LowThreshold);
    }
}
