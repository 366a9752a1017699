using K124.Sim.Model;

namespace K124.Sim.Scheduling.Internal;

/// <summary>The nodes as columns: one row a node, in the order in which the cluster holds them.</summary>
internal sealed class NodeTable
{
    private readonly Dictionary<string, int> _rows;
    private long[][] _allocatable;
    private long[][] _requested;

    public NodeTable(IReadOnlyList<Node> nodes, ResourceNames resources)
    {
        Nodes = [.. nodes];
        Order = NodeTree.Order(Nodes);
        Names = [.. nodes.Select(node => node.Metadata.Name)];
        NameRank = new int[Nodes.Length];
        _rows = new(Nodes.Length, StringComparer.Ordinal);
        AllowedPods = new long[Nodes.Length];
        NonZeroCpuMilli = new long[Nodes.Length];
        NonZeroMemoryBytes = new long[Nodes.Length];
        Pods = new List<PodEntry>[Nodes.Length];
        HostPorts = new HostPorts?[Nodes.Length];
        _allocatable = [];
        _requested = [];
        EnsureResources(ResourceNames.FirstScalar);
        for (var row = 0; row < Nodes.Length; row++)
        {
            _rows.Add(Names[row], row);
            Pods[row] = [];
            ReadAllocatable(row, resources);
        }

        RankNames();
    }

    public int Count => Nodes.Length;

    public Node[] Nodes { get; }

    public string[] Names { get; }

    /// <summary>Rows in the order in which the scheduler examines them.</summary>
    public int[] Order { get; }

    /// <summary>Position of each row's name in ordinal order.</summary>
    public int[] NameRank { get; }

    public long[] AllowedPods { get; }

    public long[] NonZeroCpuMilli { get; }

    public long[] NonZeroMemoryBytes { get; }

    /// <summary>Pods of each node, in the scheduler's order: appended when added, the last one fills a removed one's place.</summary>
    public List<PodEntry>[] Pods { get; }

    public HostPorts?[] HostPorts { get; }

    public int Find(string name) => _rows.GetValueOrDefault(name, -1);

    /// <summary>Allocatable amounts of a resource by row.</summary>
    public long[] Allocatable(int resource)
    {
        EnsureResources(resource + 1);
        return _allocatable[resource];
    }

    /// <summary>Requested amounts of a resource by row.</summary>
    public long[] Requested(int resource)
    {
        EnsureResources(resource + 1);
        return _requested[resource];
    }

    /// <summary>Puts a pod on its node.</summary>
    public void Place(PodEntry entry)
    {
        Pods[entry.Row].Add(entry);
        Account(entry.Row, entry.Class.Requests, 1);
        if (entry.Class.HostPorts.Length > 0)
        {
            (HostPorts[entry.Row] ??= new()).Add(entry.Class.HostPorts);
        }
    }

    /// <summary>Takes a pod off its node; the node's last pod fills its place.</summary>
    public void Displace(PodEntry entry)
    {
        var pods = Pods[entry.Row];
        pods[pods.LastIndexOf(entry)] = pods[^1];
        pods.RemoveAt(pods.Count - 1);
        Account(entry.Row, entry.Class.Requests, -1);
        HostPorts[entry.Row]?.Remove(entry.Class.HostPorts);
    }

    /// <summary>Remembers what placing and displacing does not restore: the order of a node's pods, and its shared host ports.</summary>
    public (PodEntry[] Pods, HostPorts? HostPorts) Remember(int row) => ([.. Pods[row]], HostPorts[row]?.Copy());

    /// <summary>Restores what was remembered, once the same pods are on the node again.</summary>
    public void Recall(int row, (PodEntry[] Pods, HostPorts? HostPorts) remembered)
    {
        Pods[row].Clear();
        Pods[row].AddRange(remembered.Pods);
        HostPorts[row] = remembered.HostPorts;
    }

    private void Account(int row, PodRequests requests, int sign)
    {
        Requested(ResourceNames.Cpu)[row] += sign * requests.CpuMilli;
        Requested(ResourceNames.Memory)[row] += sign * requests.MemoryBytes;
        Requested(ResourceNames.EphemeralStorage)[row] += sign * requests.EphemeralStorageBytes;
        NonZeroCpuMilli[row] += sign * requests.NonZeroCpuMilli;
        NonZeroMemoryBytes[row] += sign * requests.NonZeroMemoryBytes;
        foreach (var (resource, amount) in requests.Scalars)
        {
            Requested(resource)[row] += sign * amount;
        }
    }

    private void ReadAllocatable(int row, ResourceNames resources)
    {
        foreach (var (name, quantity) in Nodes[row].Status.Allocatable.Entries)
        {
            if (name == ResourceNames.PodsName)
            {
                AllowedPods[row] = quantity.Value();
            }
            else if (resources.Intern(name) is >= 0 and var id)
            {
                Allocatable(id)[row] = PodRequests.AmountOf(name, quantity);
            }
        }
    }

    private void RankNames()
    {
        var byName = Enumerable.Range(0, Count).ToArray();
        Array.Sort(byName, (a, b) => string.CompareOrdinal(Names[a], Names[b]));
        for (var rank = 0; rank < byName.Length; rank++)
        {
            NameRank[byName[rank]] = rank;
        }
    }

    private void EnsureResources(int count)
    {
        var known = _allocatable.Length;
        if (known >= count)
        {
            return;
        }

        Array.Resize(ref _allocatable, count);
        Array.Resize(ref _requested, count);
        for (var resource = known; resource < count; resource++)
        {
            _allocatable[resource] = new long[Count];
            _requested[resource] = new long[Count];
        }
    }
}
