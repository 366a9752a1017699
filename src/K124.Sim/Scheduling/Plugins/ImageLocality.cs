using K124.Sim.Scheduling.Internal;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Prefers nodes that have the pod's images, the more the fewer nodes lack them.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/imagelocality. A snapshot is taken as the cache stands after every
/// node has been updated once: an image's size is that of the first node that lists it, its spread all nodes that do.</remarks>
internal sealed class ImageLocality(NodeTable nodes, int index) : IScorePlugin
{
    private const long MiB = 1 << 20;
    private const long LowThreshold = 23 * MiB;
    private const long HighThresholdPerContainer = 1000 * MiB;

    private readonly Lazy<Dictionary<string, (long SizeBytes, List<int> Rows)>> _images = new(() => ReadImages(nodes));

    public string Name => nameof(ImageLocality);

    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        var byRow = (long[])(pod.PluginData[index] ??= ScoreRows(pod));
        for (var i = 0; i < rows.Length; i++)
        {
            scores[i] = byRow[rows[i]];
        }
    }

    private static Dictionary<string, (long SizeBytes, List<int> Rows)> ReadImages(NodeTable nodes)
    {
        var images = new Dictionary<string, (long SizeBytes, List<int> Rows)>(StringComparer.Ordinal);
        for (var row = 0; row < nodes.Count; row++)
        {
            foreach (var image in nodes.Nodes[row].Status.Images)
            {
                foreach (var name in image.Names)
                {
                    if (!images.TryGetValue(name, out var known))
                    {
                        images.Add(name, known = (image.SizeBytes, []));
                    }

                    if (known.Rows.Count == 0 || known.Rows[^1] != row)
                    {
                        known.Rows.Add(row);
                    }
                }
            }
        }

        return images;
    }

    private static string WithTag(string image) => image.LastIndexOf(':') <= image.LastIndexOf('/') ? image + ":latest" : image;

    private long[] ScoreRows(PodClass pod)
    {
        var sums = new long[nodes.Count];
        foreach (var container in pod.Spec.Containers)
        {
            if (_images.Value.TryGetValue(WithTag(container.Image), out var image))
            {
                var scaled = (long)((double)image.SizeBytes * ((double)image.Rows.Count / (double)nodes.Count));
                foreach (var row in image.Rows)
                {
                    sums[row] += scaled;
                }
            }
        }

        var high = HighThresholdPerContainer * pod.Spec.Containers.Length;
        foreach (ref var sum in sums.AsSpan())
        {
            sum = high == LowThreshold || pod.Spec.Containers.IsEmpty
                ? 0
                : Normalization.MaxNodeScore * (Math.Clamp(sum, LowThreshold, high) - LowThreshold) / (high - LowThreshold);
        }

        return sums;
    }
}
