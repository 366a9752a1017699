namespace K124.Sim.Pods.Resources;

/// <summary>Thousandths of a CPU in the units of Linux.</summary>
internal static class CpuFigures
{
    /// <summary>The fewest shares a cgroup can have.</summary>
    public const long FewestShares = 2;

    private const long MostShares = 262_144;
    private const long SharesACpu = 1024;
    private const long MilliACpu = 1000;
    private const long ShortestQuotaMicroseconds = 1000;

    /// <summary>Shares of what is requested.</summary>
    public static long Shares(long milliCpu) => Math.Clamp(milliCpu * SharesACpu / MilliACpu, FewestShares, MostShares);

    /// <summary>Microseconds a period of what is allowed; 0 stands for any.</summary>
    public static long Quota(long milliCpu) => milliCpu == 0
        ? 0
        : Math.Max(milliCpu * CgroupOptions.DefaultPeriodMicroseconds / MilliACpu, ShortestQuotaMicroseconds);
}
