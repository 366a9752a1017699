using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Platform;
using K124.Sim.Text;

namespace K124.Sim.Nodes.KubeletStart;

/// <summary>What a kubelet demands of its configuration.</summary>
/// <remarks>Kubernetes 1.24 pkg/kubelet/apis/config/validation.</remarks>
internal static partial class KubeletConfigValidation
{
    private const int HighestPort = 65535;

    /// <summary>The faults, in the order in which the kubelet looks for them.</summary>
    public static ImmutableArray<string> Faults(KubeletSettings settings, FeatureGates gates) =>
    [
        .. NumberFaults(settings, gates)
            .Concat(NodeFaults(settings, gates))
            .Concat(AllocationFaults(settings, gates))
            .Concat(MemoryFaults(settings))
            .Select(static fault => fault.StartsWith("invalid taint", StringComparison.Ordinal) ? fault : $"invalid configuration: {fault}"),
    ];

    private static IEnumerable<string> NumberFaults(KubeletSettings settings, FeatureGates gates)
    {
        return ((IEnumerable<string?>)
        [
            settings.Number("nodeLeaseDurationSeconds") <= 0 ? "nodeLeaseDurationSeconds must be greater than 0" : null,
            !settings.IsOn("cgroupsPerQOS") && settings.List("enforceNodeAllocatable").Length > 0
                ? "enforceNodeAllocatable (--enforce-node-allocatable) is not supported unless cgroupsPerQOS (--cgroups-per-qos) is set to true"
                : null,
            settings.Text("systemCgroups").Length > 0 && settings.Text("cgroupRoot").Length == 0
                ? "systemCgroups (--system-cgroups) was specified and cgroupRoot (--cgroup-root) was not specified"
                : null,
            NotNegative("eventBurst"),
            NotNegative("eventRecordQPS"),
            settings.Number("healthzPort") != 0 ? InRange("healthzPort", 1, HighestPort) : null,
            QuotaPeriodFault(settings, gates),
            InRange("imageGCHighThresholdPercent", 0, 100),
            InRange("imageGCLowThresholdPercent", 0, 100),
            settings.Number("imageGCLowThresholdPercent") >= settings.Number("imageGCHighThresholdPercent")
                ? $"{Named("imageGCLowThresholdPercent")} must be less than {Named("imageGCHighThresholdPercent")}"
                : null,
            InRange("iptablesDropBit", 0, 31),
            InRange("iptablesMasqueradeBit", 0, 31),
            NotNegative("kubeAPIBurst"),
            NotNegative("kubeAPIQPS"),
            settings.Number("nodeStatusMaxImages") < -1 ? $"{Named("nodeStatusMaxImages")} must be -1 or greater" : null,
            NotNegative("maxOpenFiles"),
            NotNegative("maxPods"),
            InRange("oomScoreAdj", -1000, 1000),
            NotNegative("podsPerCore"),
            InRange("port", 1, HighestPort),
            settings.Number("readOnlyPort") is < 0 or > HighestPort ? $"{Named("readOnlyPort")} must be between 0 and 65535, inclusive" : null,
            NotNegative("registryBurst"),
            NotNegative("registryPullQPS"),
        ]).OfType<string>();

        string Named(string key) =>
            string.Create(CultureInfo.InvariantCulture, $"{key} (--{KubeletSetting.FindName(key)!.Flag}) {settings.Number(key)}");

        string? NotNegative(string key) => settings.Number(key) < 0 ? $"{Named(key)} must not be a negative number" : null;

        string? InRange(string key, long least, long most) => settings.Number(key) < least || settings.Number(key) > most
            ? string.Create(CultureInfo.InvariantCulture, $"{Named(key)} must be between {least} and {most}, inclusive")
            : null;
    }

    private static string? QuotaPeriodFault(KubeletSettings settings, FeatureGates gates)
    {
        const string Key = "cpuCFSQuotaPeriod";
        var period = settings.Duration(Key);
        var isFree = gates.IsEnabled("CustomCPUCFSQuotaPeriod");
        var named = $"{Key} (--cpu-cfs-quota-period) {Braced(period)}";
        return isFree
            ? period < TimeSpan.FromMicroseconds(1) || period > TimeSpan.FromSeconds(1) ? $"{named} must be between 1usec and 1sec, inclusive" : null
            : period.Equals(KubeletSetting.FindName(Key)!.Initial) ? null : $"{named} requires feature gate CustomCPUCFSQuotaPeriod";
    }

    private static IEnumerable<string> NodeFaults(KubeletSettings settings, FeatureGates gates)
    {
        foreach (var taint in settings.Taints.Where(taint => !IsTaint(taint)))
        {
            yield return $"invalid taint: {{{taint.Key} {taint.Value} {taint.Effect} <nil>}}";
        }

        if (settings.IsOn("serverTLSBootstrap") && !gates.IsEnabled("RotateKubeletServerCertificate"))
        {
            yield return "serverTLSBootstrap true requires feature gate RotateKubeletServerCertificate";
        }

        var (policy, scope) = (settings.Text("topologyManagerPolicy"), settings.Text("topologyManagerScope"));
        if (policy != "none" && !gates.IsEnabled("TopologyManager"))
        {
            yield return $"topologyManagerPolicy {policy} requires feature gate TopologyManager";
        }

        if (policy is not ("none" or "best-effort" or "restricted" or "single-numa-node"))
        {
            yield return $"topologyManagerPolicy (--topology-manager-policy) {GoText.Quote(policy)} must be one of: "
                + "[\"none\" \"best-effort\" \"restricted\" \"single-numa-node\"]";
        }

        if (scope is not ("container" or "pod"))
        {
            yield return $"topologyManagerScope (--topology-manager-scope) {GoText.Quote(scope)} must be one of: \"container\", or \"pod\"";
        }

        foreach (var fault in ShutdownFaults(settings.Duration("shutdownGracePeriod"), settings.Duration("shutdownGracePeriodCriticalPods"), gates))
        {
            yield return fault;
        }
    }

    private static bool IsTaint(KubeletTaint taint) => NameRules.QualifiedName(taint.Key).Length == 0
        && (taint.Value.Length == 0 || NameRules.LabelValue(taint.Value).Length == 0)
        && taint.Effect is "" or "NoSchedule" or "PreferNoSchedule" or "NoExecute";

    private static IEnumerable<string> ShutdownFaults(TimeSpan all, TimeSpan critical, FeatureGates gates)
    {
        if (!gates.IsEnabled("GracefulNodeShutdown"))
        {
            if (all > TimeSpan.Zero || critical > TimeSpan.Zero)
            {
                yield return "specifying shutdownGracePeriod or shutdownGracePeriodCriticalPods requires feature gate GracefulNodeShutdown";
            }

            yield break;
        }

        if (critical > all)
        {
            yield return $"shutdownGracePeriodCriticalPods {Braced(critical)} must be <= shutdownGracePeriod {Braced(all)}";
        }

        foreach (var (name, period) in ((string, TimeSpan)[])[("shutdownGracePeriod", all), ("shutdownGracePeriodCriticalPods", critical)])
        {
            if (period > TimeSpan.Zero && period < TimeSpan.FromSeconds(1))
            {
                yield return $"{name} {Braced(period)} must be either zero or otherwise >= 1 sec";
            }
        }
    }

    private static string Braced(TimeSpan duration) => $"{{{GoDuration.Text(duration)}}}";
}
