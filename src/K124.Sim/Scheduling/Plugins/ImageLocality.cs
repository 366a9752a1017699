using K124.Sim.Scheduling.Internal;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Prefers nodes that have the pod's images, the more the fewer nodes lack them.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/imagelocality.</remarks>
internal sealed class ImageLocality(SchedulerState state, int index) : IScorePlugin
{
    private const long MiB = 1 << 20;
    private const long LowThreshold = 23 * MiB;
    private const long HighThresholdPerContainer = 1000 * MiB;

    public string Name => nameof(ImageLocality);

    public bool TryFollowNode(PodClass pod, int row)
    {
        // With images that no node has, every node has the lowest score, however many nodes there are.
        if (ImagesOf(pod).Length > 0)
        {
            return false;
        }

        if (pod.PluginData[index] is long[] scores && scores.Length < state.Nodes.RowCount)
        {
            pod.PluginData[index] = new long[state.Nodes.RowCount];
        }

        return true;
    }

    public void ShareNodeData(PodClass from, PodClass to) => to.PluginData[index] = from.PluginData[index];

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.NodeObject;

    // No node has more than the least score while none has an image of the pod.
    public RowScorer? RowScorerFor(PodClass pod) => ImagesOf(pod).Length == 0 ? null : new AnyRowScorer(this, pod);

    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        var byRow = (long[])(pod.PluginData[index] ??= ScoreRows(pod));
        for (var i = 0; i < rows.Length; i++)
        {
            scores[i] = byRow[rows[i]];
        }
    }

    private static string WithTag(string image) => image.LastIndexOf(':') <= image.LastIndexOf('/') ? image + ":latest" : image;

    private long[] ScoreRows(PodClass pod)
    {
        var scores = new long[state.Nodes.RowCount];
        var images = ImagesOf(pod);
        if (images.Length > 0)
        {
            foreach (var row in state.Nodes.Order)
            {
                scores[row] = ScoreOf(images, row, pod.Spec.Containers.Length);
            }
        }

        return scores;
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
