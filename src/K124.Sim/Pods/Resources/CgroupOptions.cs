namespace K124.Sim.Pods.Resources;

/// <summary>What of a kubelet's configuration shapes cgroups.</summary>
internal sealed record CgroupOptions
{
    /// <summary>The period that CPU quotas are counted in unless gate <c>CustomCPUCFSQuotaPeriod</c> is on.</summary>
    public const long DefaultPeriodMicroseconds = 100_000;

    /// <summary>Bytes of memory of the node.</summary>
    public required long MemoryCapacityBytes { get; init; }

    /// <summary>Whether limits of CPU are enforced.</summary>
    public bool EnforcesCpuLimits { get; init; } = true;

    /// <summary>The configured period.</summary>
    public long CpuPeriodMicroseconds { get; init; } = DefaultPeriodMicroseconds;
}
