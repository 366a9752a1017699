using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Nodes.Readiness;

/// <summary>Whether a node can go to a kubelet of 1.24.</summary>
internal static class NodeReadiness
{
    /// <summary>The annotation in which kubeadm keeps the runtime's socket.</summary>
    public const string SocketAnnotation = "kubeadm.alpha.kubernetes.io/cri-socket";

    private const string DockershimRule = "dockershim";
    private const string ConfigSourceRule = "dynamic-kubelet-config";
    private const int WithoutDockershim = 24;

    /// <summary>Judges a node; the worst findings come first.</summary>
    /// <param name="node">The node as its cluster shows it.</param>
    /// <param name="hasConfigSource">Whether its spec names a dynamic configuration.</param>
    /// <param name="cni">What is known about its network plugins; null for nothing.</param>
    public static ImmutableArray<ReadinessVerdict> Check(Node node, bool hasConfigSource = false, CniFacts? cni = null)
    {
        var info = node.Status?.NodeInfo;
        var runtime = info?.ContainerRuntimeVersion ?? "";
        var minor = MinorOf(info?.KubeletVersion ?? "");
        var verdicts = new List<ReadinessVerdict?>
        {
            runtime.StartsWith("docker://", StringComparison.Ordinal)
                ? Docker(minor, node.Metadata.Annotations.TryGetValue(SocketAnnotation, out var socket) ? socket : "")
                : RuntimeReadiness.Check(runtime, cni),
            hasConfigSource
                ? new(ReadinessSeverity.Block, ConfigSourceRule, "spec.configSource is not read by a kubelet of 1.24: move the configuration to a file")
                : null,
        };
        return [.. verdicts.OfType<ReadinessVerdict>().OrderByDescending(verdict => verdict.Severity)];
    }

    private static ReadinessVerdict? Docker(int? minor, string socket)
    {
        if (minor is null)
        {
            return new(ReadinessSeverity.Warn, DockershimRule, "the kubelet's version cannot be told, and Docker Engine is its runtime");
        }

        if (minor >= WithoutDockershim)
        {
            return new(ReadinessSeverity.Info, DockershimRule, "Docker Engine is reached through cri-dockerd");
        }

        return socket.EndsWith("cri-dockerd.sock", StringComparison.Ordinal)
            ? null
            : new(
                ReadinessSeverity.Block,
                DockershimRule,
                "the kubelet talks to Docker Engine through dockershim, which 1.24 does not have: move to containerd, CRI-O or cri-dockerd first");
    }

    private static int? MinorOf(string kubeletVersion) =>
        kubeletVersion.Split('.') is [_, var minor, ..] && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
