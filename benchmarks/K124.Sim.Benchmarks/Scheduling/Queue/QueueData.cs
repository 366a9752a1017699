using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Benchmarks.Scheduling.Queue;

/// <summary>Pods that wait, of four priorities and with the plugins that they failed on.</summary>
internal static class QueueData
{
    public static readonly DateTimeOffset Start = new(2022, 5, 3, 12, 0, 0, TimeSpan.Zero);

    private static readonly ImmutableArray<string>[] FailedOn = [["NodeResourcesFit"], ["NodeAffinity"], ["NodeResourcesFit", "TaintToleration"], ["PodTopologySpread"]];

    public static Pod[] Pods(int count) =>
    [
        .. Enumerable.Range(0, count).Select(static i => new Pod
        {
            Metadata = new() { Namespace = "default", Name = $"pod-{i:D6}", Uid = $"uid-{i}" },
            Spec = new() { Priority = 100 * (i % 4) },
        }),
    ];

    /// <summary>One pod in a thousand waits for a volume.</summary>
    public static ImmutableArray<string> PluginsOf(int pod) => pod % 1_000 == 7 ? ["VolumeBinding"] : FailedOn[pod % FailedOn.Length];
}
