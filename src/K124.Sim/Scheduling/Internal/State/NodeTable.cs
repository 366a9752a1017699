using K124.Sim.Model;

namespace K124.Sim.Scheduling.Internal;

/// <summary>The nodes as columns, and what their pods ask of them.</summary>
/// <remarks>A row belongs to a name. Rows without a node object are not examined: their node has not come or is gone, while pods on it have not gone.</remarks>
internal sealed partial class NodeTable(ResourceNames resources, PodTable pods)
{
    // Stands for the node object where there is none: it has no label, so that such a row is in no domain.
    private static readonly Node NoNode = new();

    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    private readonly Stack<int> _freeRows = new();
    private int _capacity;
    private bool _hasTakenNames;
    private long[][] _allocatable = [];
    private long[][] _requested = [];

    /// <summary>Rows are below this number.</summary>
    public int RowCount { get; private set; }

    public Node[] Nodes { get; private set; } = [];

    public string[] Names { get; private set; } = [];

    /// <summary>The names, never to change again.</summary>
    public string[] TakeNames()
    {
        _hasTakenNames = true;
        return Names;
    }

    /// <summary>Whether the row has a node object.</summary>
    public bool[] HasNode { get; private set; } = [];

    public long[] AllowedPods { get; private set; } = [];

    public long[] NonZeroCpuMilli { get; private set; } = [];

    public long[] NonZeroMemoryBytes { get; private set; } = [];

    public HostPorts?[] HostPorts { get; private set; } = [];

    public NodePods Pods { get; } = new(pods);

    /// <summary>Volumes of the pods on the nodes.</summary>
    public VolumeUsage Volumes { get; } = new();

    public PodTable PodTable => pods;

    /// <summary>The row of a name, or -1.</summary>
    public int Find(string name) => _rows.GetValueOrDefault(name, -1);

    /// <summary>Whether the row belongs to a name.</summary>
    public bool IsNamed(int row) => Names[row].Length > 0;

    /// <summary>True if some rows belong to names of nodes that are not examined.</summary>
    public bool HasUnlistedRows => _rows.Count > Order.Length;

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

    public void EnsureRows(int capacity)
    {
        if (capacity <= _capacity)
        {
            return;
        }

        _capacity = Math.Max(capacity, 2 * _capacity);
        Nodes = Grown(Nodes);
        Names = Grown(Names);
        HasNode = Grown(HasNode);
        _isListed = Grown(_isListed);
        AllowedPods = Grown(AllowedPods);
        NonZeroCpuMilli = Grown(NonZeroCpuMilli);
        NonZeroMemoryBytes = Grown(NonZeroMemoryBytes);
        HostPorts = Grown(HostPorts);
        Pods.EnsureRows(_capacity);
        for (var resource = 0; resource < _allocatable.Length; resource++)
        {
            _allocatable[resource] = Grown(_allocatable[resource]);
            _requested[resource] = Grown(_requested[resource]);
        }

        T[] Grown<T>(T[] column)
        {
            Array.Resize(ref column, _capacity);
            return column;
        }
    }

    /// <summary>The row of a name; a row without a node object if the name is new.</summary>
    public int FindOrAdd(string name)
    {
        if (_rows.TryGetValue(name, out var row))
        {
            return row;
        }

        if (!_freeRows.TryPop(out row))
        {
            row = RowCount;
            EnsureRows(row + 1);
            EnsureResources(ResourceNames.FirstScalar);
            RowCount++;
        }

        _rows.Add(name, row);
        SetName(row, name);
        Nodes[row] = NoNode;
        return row;
    }

    /// <summary>Gives a row its node object.</summary>
    public void Attach(int row, Node node)
    {
        Nodes[row] = node;
        HasNode[row] = true;
        ReadAllocatable(row);
    }

    /// <summary>Takes the node object away; pods stay.</summary>
    public void Detach(int row)
    {
        Nodes[row] = NoNode;
        HasNode[row] = false;
        ReadAllocatable(row);
    }

    /// <summary>Forgets the name of a row that nothing needs any longer.</summary>
    public void Free(int row)
    {
        _rows.Remove(Names[row]);
        SetName(row, "");
        HostPorts[row] = null;
        _freeRows.Push(row);
    }

    /// <summary>Puts a pod on its node.</summary>
    public void Place(int id)
    {
        ref readonly var pod = ref pods[id];
        Pods.Append(pod.Row, id);
        Account(pod.Row, pod.Class.Requests, 1);
        Volumes.Place(pod.Pod, pod.Row);
        if (pod.Class.HostPorts.Length > 0)
        {
            (HostPorts[pod.Row] ??= new()).Add(pod.Class.HostPorts);
        }
    }

    /// <summary>Takes a pod off its node; the node's last pod fills its place.</summary>
    /// <returns>Its place in the node's list.</returns>
    public int Displace(int id)
    {
        ref readonly var pod = ref pods[id];
        var slot = Pods.Remove(pod.Row, id);
        Account(pod.Row, pod.Class.Requests, -1);
        Volumes.Displace(pod.Pod, pod.Row);
        if (pod.Class.HostPorts.Length > 0)
        {
            HostPorts[pod.Row]?.Remove(pod.Class.HostPorts);
        }

        return slot;
    }

    /// <summary>Undoes <see cref="Displace"/>.</summary>
    public void Replace(int id, int slot)
    {
        ref readonly var pod = ref pods[id];
        Pods.Restore(pod.Row, id, slot);
        Account(pod.Row, pod.Class.Requests, 1);
        Volumes.Place(pod.Pod, pod.Row);
    }

    /// <summary>Remembers what placing and displacing does not restore: the order of a node's pods, and its shared host ports.</summary>
    public RememberedNode Remember(int row) => new([.. Pods[row]], HostPorts[row]?.Copy());

    /// <summary>Restores what was remembered, once the same pods are on the node again.</summary>
    public void Recall(int row, RememberedNode remembered)
    {
        Pods.Reorder(row, remembered.Pods);
        HostPorts[row] = remembered.HostPorts;
    }

    private void SetName(int row, string name)
    {
        if (_hasTakenNames)
        {
            Names = (string[])Names.Clone();
            _hasTakenNames = false;
        }

        Names[row] = name;
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

    private void ReadAllocatable(int row)
    {
        AllowedPods[row] = 0;
        foreach (var column in _allocatable)
        {
            column[row] = 0;
        }

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
            _allocatable[resource] = new long[_capacity];
            _requested[resource] = new long[_capacity];
        }
    }
}

/// <summary>What <see cref="NodeTable.Remember"/> keeps of a node.</summary>
internal readonly record struct RememberedNode(int[] Pods, HostPorts? HostPorts);
