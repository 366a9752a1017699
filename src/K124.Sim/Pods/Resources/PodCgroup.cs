using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Pods.Resources;

/// <summary>The cgroup of a pod; what is null is left as it is.</summary>
/// <remarks>Kubernetes 1.24 pkg/kubelet/cm.</remarks>
internal sealed record PodCgroup
{
    private const string HugePagesPrefix = "hugepages-";
    private const string Cpu = "cpu";
    private const string Memory = "memory";

    /// <summary>Weight of its share of CPU.</summary>
    public required long CpuShares { get; init; }

    /// <summary>Microseconds of CPU a period; -1 for any.</summary>
    public long? CpuQuotaMicroseconds { get; init; }

    /// <summary>The period.</summary>
    public long? CpuPeriodMicroseconds { get; init; }

    /// <summary>Bytes of memory.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Bytes of huge pages, by size of the pages in bytes.</summary>
    public ImmutableSortedDictionary<long, long> HugePageLimits { get; init; } = ImmutableSortedDictionary<long, long>.Empty;

    /// <summary>The cgroup of a pod.</summary>
    public static PodCgroup Of(PodSpec pod, CgroupOptions options)
    {
        var hugePages = HugePages(pod);
        var qos = PodQos.ClassOf(pod);
        if (qos == PodQos.BestEffort)
        {
            return new() { CpuShares = CpuFigures.FewestShares, HugePageLimits = hugePages };
        }

        var limits = PodResources.Limits(pod);
        var isGuaranteed = qos == PodQos.Guaranteed;
        var isCpuLimited = isGuaranteed || AllLimit(pod, Cpu);
        return new()
        {
            CpuShares = CpuFigures.Shares(PodResources.Requests(pod).Of(Cpu).MilliValue()),
            CpuQuotaMicroseconds = !isCpuLimited ? null : options.EnforcesCpuLimits ? CpuFigures.Quota(limits.Of(Cpu).MilliValue()) : -1,
            CpuPeriodMicroseconds = isCpuLimited ? options.CpuPeriodMicroseconds : null,
            MemoryBytes = isGuaranteed || AllLimit(pod, Memory) ? limits.Of(Memory).Value() : null,
            HugePageLimits = hugePages,
        };
    }

    private static bool AllLimit(PodSpec pod, string resource) =>
        pod.Containers.Concat(pod.InitContainers).All(container => !container.Resources.Limits.Of(resource).IsZero);

    private static ImmutableSortedDictionary<long, long> HugePages(PodSpec pod)
    {
        var limits = ImmutableSortedDictionary.CreateBuilder<long, long>();
        foreach (var (size, bytes) in pod.Containers.SelectMany(HugePages))
        {
            limits[size] = limits.GetValueOrDefault(size) + bytes;
        }

        foreach (var (size, bytes) in pod.InitContainers.SelectMany(HugePages))
        {
            limits[size] = Math.Max(limits.GetValueOrDefault(size), bytes);
        }

        return limits.ToImmutable();
    }

    private static IEnumerable<(long Size, long Bytes)> HugePages(Container container)
    {
        foreach (var (name, amount) in container.Resources.Requests)
        {
            if (name.StartsWith(HugePagesPrefix, StringComparison.Ordinal) && Quantity.TryParse(name.AsSpan(HugePagesPrefix.Length), out var size))
            {
                yield return (size.Value(), amount.Value());
            }
        }
    }
}
