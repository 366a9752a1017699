using K124.Sim.Model;

namespace K124.Sim.Tests.Reference;

/// <summary>A node and what is on it.</summary>
public sealed class ReferenceNode
{
    public ReferenceNode(Node node)
    {
        Node = node;
        Allocatable = ReferenceResources.Known(node.Status.Allocatable).ToDictionary();
        AllowedPods = node.Status.Allocatable.TryGetValue("pods", out var pods) ? pods.Value() : 0;
    }

    private ReferenceNode(ReferenceNode original)
    {
        (Node, Allocatable, AllowedPods, Images) = (original.Node, original.Allocatable, original.AllowedPods, original.Images);
        Pods = [.. original.Pods];
        Requested = new(original.Requested);
        UsedPorts = [.. original.UsedPorts];
        (NonZeroCpuMilli, NonZeroMemoryBytes) = (original.NonZeroCpuMilli, original.NonZeroMemoryBytes);
    }

    public Node Node { get; }

    public string Name => Node.Metadata.Name;

    public StringMap<string> Labels => Node.Metadata.Labels;

    public Dictionary<string, long> Allocatable { get; }

    public long AllowedPods { get; }

    public List<ReferencePod> Pods { get; } = [];

    public Dictionary<string, long> Requested { get; } = [];

    public HashSet<(string IP, string Protocol, int Port)> UsedPorts { get; } = [];

    public long NonZeroCpuMilli { get; private set; }

    public long NonZeroMemoryBytes { get; private set; }

    public Dictionary<string, (long SizeBytes, int NodeCount)> Images { get; } = [];

    public ReferenceNode Copy() => new(this);

    public void Add(ReferencePod pod)
    {
        Pods.Add(pod);
        Count(pod, 1);
        UsedPorts.UnionWith(pod.HostPorts);
    }

    public void Remove(ReferencePod pod)
    {
        var hole = Pods.FindIndex(other => other.Key == pod.Key);
        Pods[hole] = Pods[^1];
        Pods.RemoveAt(Pods.Count - 1);
        Count(pod, -1);
        UsedPorts.ExceptWith(pod.HostPorts);
    }

    private void Count(ReferencePod pod, int sign)
    {
        foreach (var (name, amount) in pod.Requests)
        {
            Requested[name] = Requested.GetValueOrDefault(name) + (sign * amount);
        }

        NonZeroCpuMilli += sign * pod.NonZeroCpuMilli;
        NonZeroMemoryBytes += sign * pod.NonZeroMemoryBytes;
    }
}
