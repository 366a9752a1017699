using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Nodes.Readiness;

namespace K124.Sim.Preflight;

/// <summary>What a node tells about itself.</summary>
internal static class NodeFacts
{
    /// <summary>Version of its kubelet.</summary>
    public static TreeField KubeletVersion(PreflightItem node) => node.Root["status"]["nodeInfo"]["kubeletVersion"];

    /// <summary>The 1.x of a version such as v1.23.6; null if it is none.</summary>
    public static int? MinorOf(string version) => version.TrimStart('v').Split('.', '+', '-') is ["1", var minor, ..]
        && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What is to be said of its runtime and its configuration.</summary>
    public static IEnumerable<ReadinessVerdict> Readiness(PreflightItem item)
    {
        var info = item.Root["status"]["nodeInfo"];
        var annotation = item.Root["metadata"]["annotations"][NodeReadiness.SocketAnnotation].Text;
        var node = new Node
        {
            Metadata = new() { Name = item.Name, Annotations = annotation.Length == 0 ? StringMap<string>.Empty : StringMap.Of((NodeReadiness.SocketAnnotation, annotation)) },
            Status = new() { NodeInfo = new() { KubeletVersion = info["kubeletVersion"].Text, ContainerRuntimeVersion = info["containerRuntimeVersion"].Text } },
        };
        return info["containerRuntimeVersion"].Exists ? NodeReadiness.Check(node) : [];
    }
}
