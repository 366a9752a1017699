using System.Globalization;
using K124.Sim.Platform;
using K124.Sim.Text;

namespace K124.Sim.Nodes.KubeletStart;

internal static partial class KubeletConfigValidation
{
    private const string Enforce = "enforceNodeAllocatable (--enforce-node-allocatable)";

    private static IEnumerable<string> AllocationFaults(KubeletSettings settings, FeatureGates gates)
    {
        if (settings.SwapBehavior.Length > 0 && !gates.IsEnabled("NodeSwap"))
        {
            yield return "memorySwap.swapBehavior cannot be set when NodeSwap feature flag is disabled";
        }
        else if (settings.SwapBehavior is not ("" or "LimitedSwap" or "UnlimitedSwap"))
        {
            yield return $"memorySwap.swapBehavior {GoText.Quote(settings.SwapBehavior)} must be one of: \"\", \"LimitedSwap\", or \"UnlimitedSwap\"";
        }

        var enforced = settings.List("enforceNodeAllocatable");
        foreach (var option in enforced)
        {
            if (EnforcementFault(option, enforced.Length, settings) is { } fault)
            {
                yield return fault;
            }
        }

        var hairpin = settings.Text("hairpinMode");
        if (hairpin is not ("none" or "hairpin-veth" or "promiscuous-bridge"))
        {
            yield return $"option {GoText.Quote(hairpin)} specified for hairpinMode (--hairpin-mode). "
                + "Valid options are \"none\", \"hairpin-veth\" or \"promiscuous-bridge\"";
        }

        var cpus = settings.Text("reservedSystemCPUs");
        if (cpus.Length == 0)
        {
            yield break;
        }

        if (settings.Text("systemReservedCgroup").Length > 0 || settings.Text("kubeReservedCgroup").Length > 0)
        {
            yield return "can't use reservedSystemCPUs (--reserved-cpus) with systemReservedCgroup (--system-reserved-cgroup) "
                + "or kubeReservedCgroup (--kube-reserved-cgroup)";
        }

        if (CpuSetFault(cpus) is { } problem)
        {
            yield return $"unable to parse reservedSystemCPUs (--reserved-cpus) {cpus}, error: {problem}";
        }
    }

    private static string? EnforcementFault(string option, int count, KubeletSettings settings) => option switch
    {
        "pods" => null,
        "system-reserved" => CgroupFault(option, "systemReservedCgroup", settings),
        "kube-reserved" => CgroupFault(option, "kubeReservedCgroup", settings),
        "none" => count > 1 ? $"{Enforce} may not contain additional enforcements when \"none\" is specified" : null,
        _ => $"option {GoText.Quote(option)} specified for {Enforce}. Valid options are \"pods\", \"system-reserved\", \"kube-reserved\", or \"none\"",
    };

    private static string? CgroupFault(string option, string cgroup, KubeletSettings settings) => settings.Text(cgroup).Length > 0
        ? null
        : $"{cgroup} (--{KubeletSetting.FindName(cgroup)!.Flag}) must be specified when \"{option}\" contained in {Enforce}";

    private static string? CpuSetFault(string text)
    {
        foreach (var range in text.Split(','))
        {
            var bounds = range.Split('-', 2);
            if (Array.Find(bounds, static bound => !TryNumber(bound, out _)) is { } bad)
            {
                return $"strconv.Atoi: parsing {GoText.Quote(bad)}: invalid syntax";
            }

            if (bounds is [var low, var high] && TryNumber(low, out var first) && TryNumber(high, out var last) && first > last)
            {
                return string.Create(CultureInfo.InvariantCulture, $"invalid range {GoText.Quote(range)} ({first} >= {last})");
            }
        }

        return null;
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private static IEnumerable<string> MemoryFaults(KubeletSettings settings)
    {
        var seen = new HashSet<(int, string)>();
        foreach (var (node, resource, isZero) in settings.ReservedMemory)
        {
            if (resource != "memory" && !resource.StartsWith("hugepages-", StringComparison.Ordinal))
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"the limit type {GoText.Quote(resource)} for NUMA node {node} is not supported, only [memory hugepages-<HugePageSize>] is accepted");
            }

            if (!seen.Add((node, resource)))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"the reserved memory has a duplicate value for NUMA node {node} and resource {GoText.Quote(resource)}");
            }

            if (isZero)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"reserved memory may not be zero for NUMA node {node} and resource {GoText.Quote(resource)}");
            }
        }

        var factor = settings.Fraction("memoryThrottlingFactor");
        if (factor is <= 0 or > 1)
        {
            yield return $"memoryThrottlingFactor {GoFloat.Text(factor)} must be greater than 0 and less than or equal to 1.0";
        }
    }
}
