using K124.Sim.Model;

namespace K124.Sim.Tests.Reference;

/// <summary>What is known under the name of a node: the node object, if there is one, and the pods that are said to be on it.</summary>
public sealed class ReferenceNode(string name)
{
    private Node? _node;

    private ReferenceNode(ReferenceNode original)
        : this(original.Name)
    {
        (_node, Allocatable, AllowedPods, Images) = (original._node, original.Allocatable, original.AllowedPods, original.Images);
        Pods = [.. original.Pods];
        PodsWithAffinity = [.. original.PodsWithAffinity];
        PodsWithRequiredAntiAffinity = [.. original.PodsWithRequiredAntiAffinity];
        Requested = new(original.Requested);
        UsedPorts = [.. original.UsedPorts];
        (NonZeroCpuMilli, NonZeroMemoryBytes) = (original.NonZeroCpuMilli, original.NonZeroMemoryBytes);
    }

    public string Name { get; } = name;

    public Node Node => _node ?? throw new InvalidOperationException($"There is no node '{Name}'.");

    /// <summary>Whether the node object is gone, or has not come yet.</summary>
    public bool IsHidden => _node is null;

    public StringMap<string> Labels => Node.Metadata.Labels;

    public Dictionary<string, long> Allocatable { get; private set; } = [];

    public long AllowedPods { get; private set; }

    public List<ReferencePod> Pods { get; } = [];

    /// <summary>Those that carry pod-affinity or pod-anti-affinity terms.</summary>
    public List<ReferencePod> PodsWithAffinity { get; } = [];

    public List<ReferencePod> PodsWithRequiredAntiAffinity { get; } = [];

    public Dictionary<string, long> Requested { get; } = [];

    public HashSet<(string IP, string Protocol, int Port)> UsedPorts { get; } = [];

    public long NonZeroCpuMilli { get; private set; }

    public long NonZeroMemoryBytes { get; private set; }

    /// <summary>Images on the node by name, as summed up when the node was last updated.</summary>
    public Dictionary<string, (long SizeBytes, int NodeCount)> Images { get; private set; } = [];

    public ReferenceNode Copy() => new(this);

    public void Show(Node node, Dictionary<string, (long SizeBytes, int NodeCount)> images)
    {
        _node = node;
        Allocatable = ReferenceResources.Known(node.Status.Allocatable).ToDictionary();
        AllowedPods = node.Status.Allocatable.TryGetValue("pods", out var pods) ? pods.Value() : 0;
        Images = images;
    }

    public void Hide() => _node = null;

    public void Add(ReferencePod pod)
    {
        Pods.Add(pod);
        if (pod.AllTerms.Any())
        {
            PodsWithAffinity.Add(pod);
        }

        if (pod.RequiredAntiAffinity.Count > 0)
        {
            PodsWithRequiredAntiAffinity.Add(pod);
        }

        Count(pod, 1);
        UsedPorts.UnionWith(pod.HostPorts);
    }

    public void Remove(ReferencePod pod)
    {
        var hole = Pods.FindIndex(other => other.Key == pod.Key);
        Pods[hole] = Pods[^1];
        Pods.RemoveAt(Pods.Count - 1);
        PodsWithAffinity.RemoveAll(other => other.Key == pod.Key);
        PodsWithRequiredAntiAffinity.RemoveAll(other => other.Key == pod.Key);
        Count(pod, -1);
        UsedPorts.ExceptWith(pod.HostPorts);
    }

    private void Count(ReferencePod pod, int sign)
    {
        foreach (var (resource, amount) in pod.Requests)
        {
            Requested[resource] = Requested.GetValueOrDefault(resource) + (sign * amount);
        }

        NonZeroCpuMilli += sign * pod.NonZeroCpuMilli;
        NonZeroMemoryBytes += sign * pod.NonZeroMemoryBytes;
    }
}
