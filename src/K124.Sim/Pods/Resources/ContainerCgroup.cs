using K124.Sim.Model;

namespace K124.Sim.Pods.Resources;

/// <summary>What the runtime is told about a container's share of the node.</summary>
/// <param name="CpuShares">Weight of its share of CPU.</param>
/// <param name="CpuQuotaMicroseconds">Microseconds of CPU a period; 0 for any.</param>
/// <param name="CpuPeriodMicroseconds">The period; 0 if limits of CPU are not enforced.</param>
/// <param name="MemoryBytes">Bytes of memory; 0 for any.</param>
/// <param name="OomScoreAdjustment">How soon the kernel ends it when memory runs out: from -997 to 1000, the higher the sooner.</param>
/// <remarks>Kubernetes 1.24 pkg/kubelet/kuberuntime and pkg/kubelet/qos. The period stays 100 ms whatever is configured, the gate being off.</remarks>
internal sealed record ContainerCgroup(
    long CpuShares,
    long CpuQuotaMicroseconds,
    long CpuPeriodMicroseconds,
    long MemoryBytes,
    int OomScoreAdjustment)
{
    private const int GuaranteedOomScore = -997;
    private const int BestEffortOomScore = 1000;
    private const int SystemCriticalPriority = 2_000_000_000;

    /// <summary>What is told of a container of a pod.</summary>
    public static ContainerCgroup Of(PodSpec pod, Container container, CgroupOptions options)
    {
        var (requests, limits) = (container.Resources.Requests, container.Resources.Limits);
        var cpu = requests.Of("cpu") is { IsZero: false } requested ? requested : limits.Of("cpu");
        return new(
            CpuFigures.Shares(cpu.MilliValue()),
            options.EnforcesCpuLimits ? CpuFigures.Quota(limits.Of("cpu").MilliValue()) : 0,
            options.EnforcesCpuLimits ? CgroupOptions.DefaultPeriodMicroseconds : 0,
            limits.Of("memory").Value(),
            OomScore(pod, requests.Of("memory").Value(), options.MemoryCapacityBytes));
    }

    private static int OomScore(PodSpec pod, long memoryBytes, long capacityBytes)
    {
        var isNodeCritical = pod.Priority >= SystemCriticalPriority && pod.PriorityClassName == "system-node-critical";
        return isNodeCritical ? GuaranteedOomScore : PodQos.ClassOf(pod) switch
        {
            PodQos.Guaranteed => GuaranteedOomScore,
            PodQos.BestEffort => BestEffortOomScore,
            _ => (int)Math.Clamp(
                BestEffortOomScore - (BestEffortOomScore * memoryBytes / capacityBytes),
                BestEffortOomScore + GuaranteedOomScore,
                BestEffortOomScore - 1),
        };
    }
}
