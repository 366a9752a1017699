using System.Collections.Immutable;
using K124.Sim.Platform;
using K124.Sim.Text;

namespace K124.Sim.Nodes.KubeletStart;

/// <summary>What a kubelet demands of the flags that are no configuration.</summary>
/// <remarks>Kubernetes 1.24 cmd/kubelet/app/options.</remarks>
internal static class KubeletFlagValidation
{
    private static readonly ImmutableArray<string> AllowedPrefixes = ["kubelet.kubernetes.io", "node.kubernetes.io"];

    private static readonly ImmutableArray<string> AllowedLabels =
    [
        "beta.kubernetes.io/arch", "beta.kubernetes.io/instance-type", "beta.kubernetes.io/os", "failure-domain.beta.kubernetes.io/region",
        "failure-domain.beta.kubernetes.io/zone", "kubernetes.io/arch", "kubernetes.io/hostname", "kubernetes.io/os",
        "node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/etcd", "node-role.kubernetes.io/master",
        "node-role.kubernetes.io/worker", "node.kubernetes.io/instance-type", "topology.kubernetes.io/region", "topology.kubernetes.io/zone",
    ];

    /// <summary>The first fault; null if there is none.</summary>
    public static string? Fault(KubeletSettings settings, FeatureGates gates)
    {
        string[] unknown = [.. settings.Map("node-labels").Keys.Where(label => IsOfKubernetes(label) && !IsAllowed(label))];
        if (unknown.Length > 0)
        {
            return $"unknown 'kubernetes.io' or 'k8s.io' labels specified with --node-labels: [{string.Join(' ', unknown)}]\n"
                + $"--node-labels in the 'kubernetes.io' namespace must begin with an allowed prefix ({string.Join(", ", AllowedPrefixes)}) "
                + $"or be in the specifically allowed set ({string.Join(", ", AllowedLabels)})";
        }

        if (settings.IsOn("seccomp-default") && !gates.IsEnabled("SeccompDefault"))
        {
            return "the SeccompDefault feature gate must be enabled in order to use the --seccomp-default flag";
        }

        var runtime = settings.Text("container-runtime");
        return runtime == "remote" ? null : $"unsupported CRI runtime: {GoText.Quote(runtime)}, only \"remote\" is currently supported";
    }

    private static bool IsOfKubernetes(string label) => IsIn(PrefixOf(label), "kubernetes.io") || IsIn(PrefixOf(label), "k8s.io");

    private static bool IsAllowed(string label) => AllowedLabels.Contains(label) || AllowedPrefixes.Any(allowed => IsIn(PrefixOf(label), allowed));

    private static bool IsIn(string prefix, string domain) => prefix == domain || prefix.EndsWith($".{domain}", StringComparison.Ordinal);

    private static string PrefixOf(string label)
    {
        var slash = label.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "" : label[..slash];
    }
}
