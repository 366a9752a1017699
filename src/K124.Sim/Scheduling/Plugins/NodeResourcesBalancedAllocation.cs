using K124.Sim.Scheduling.Internal;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Prefers nodes whose cpu and memory would be used in like proportion.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/noderesources (balanced_allocation.go).</remarks>
internal sealed class NodeResourcesBalancedAllocation(NodeTable nodes) : IScorePlugin
{
    public string Name => nameof(NodeResourcesBalancedAllocation);

    public bool TryFollowNode(PodClass pod, int row) => true;

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.NodePods;

    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        var cpuAllocatable = nodes.Allocatable(ResourceNames.Cpu);
        var cpuRequested = nodes.Requested(ResourceNames.Cpu);
        var memoryAllocatable = nodes.Allocatable(ResourceNames.Memory);
        var memoryRequested = nodes.Requested(ResourceNames.Memory);
        var cpu = pod.Requests.ScoredCpuMilli;
        var memory = pod.Requests.MemoryBytes;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];

            // With a resource missing there is nothing to balance, and the deviation is 0.
            var deviation = cpuAllocatable[row] == 0 || memoryAllocatable[row] == 0
                ? 0
                : Math.Abs((Fraction(cpuRequested[row] + cpu, cpuAllocatable[row]) - Fraction(memoryRequested[row] + memory, memoryAllocatable[row])) / 2);
            scores[i] = (long)((1 - deviation) * Normalization.MaxNodeScore);
        }
    }

    private static double Fraction(long requested, long allocatable) => Math.Min(1, (double)requested / allocatable);
}
