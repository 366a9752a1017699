using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Volumes;

namespace K124.Sim.Scheduling.State;

/// <summary>The nodes as columns, and what their pods ask of them.</summary>
/// <remarks>A row belongs to a name. Rows without a node object are not examined: their node has not come or is gone, while pods on it have not gone.</remarks>
internal sealed partial class NodeTable
{
    // Stands for the node object where there is none: it has no label, so that such a row is in no domain.
    private static readonly Node NoNode = new();

    private readonly ResourceNames _resources;
    private readonly PodTable _pods;
    private readonly Ownership _ownership;
    private readonly ForkableMap<string, int> _rows;
    private readonly Stack<int> _freeRows;
    private readonly PagedArray<NodeAmounts> _amounts;
    private readonly PagedArray<HostPorts?> _hostPorts;
    private readonly List<PagedArray<ScalarAmounts>> _scalars;
    private int _capacity;
    private object _objectsOwner;
    private bool _hasTakenNames;

    public NodeTable(ResourceNames resources, PodTable pods, Ownership ownership)
    {
        (_resources, _pods, _ownership) = (resources, pods, ownership);
        _objectsOwner = ownership.Token;
        _rows = new(ownership, StringComparer.Ordinal);
        _freeRows = new();
        _amounts = new(ownership);
        _hostPorts = new(ownership);
        _scalars = [];
        _tree = new(ownership);
        Pods = new(pods, ownership);
        Volumes = new(ownership);
    }

    private NodeTable(NodeTable other, ResourceNames resources, PodTable pods, Ownership ownership)
    {
        (_resources, _pods, _ownership) = (resources, pods, ownership);
        (_objectsOwner, _hasTakenNames) = (other._objectsOwner, other._hasTakenNames);
        (Nodes, Names, HasNode, _isListed) = (other.Nodes, other.Names, other.HasNode, other._isListed);
        (RowCount, _capacity, HasExtremeAmounts) = (other.RowCount, other._capacity, other.HasExtremeAmounts);
        (Order, _nameRank, _unlisted) = (other.Order, other._nameRank, other._unlisted);
        _rows = other._rows.Fork(ownership);
        _freeRows = new(other._freeRows.Reverse());
        _amounts = other._amounts.Fork(ownership);
        _hostPorts = other._hostPorts.Fork(ownership);
        _scalars = [.. other._scalars.Select(column => column.Fork(ownership))];
        _tree = other._tree.Fork(ownership);
        Pods = new(other.Pods, pods, ownership);
        Volumes = other.Volumes.Fork(ownership);
    }

    /// <summary>Whether some node has ever had an extreme amount.</summary>
    public bool HasExtremeAmounts { get; private set; }

    /// <summary>Rows are below this number.</summary>
    public int RowCount { get; private set; }

    public Node[] Nodes { get; private set; } = [];

    public string[] Names { get; private set; } = [];

    /// <summary>Whether the row has a node object.</summary>
    public bool[] HasNode { get; private set; } = [];

    public NodePods Pods { get; }

    /// <summary>Volumes of the pods on the nodes.</summary>
    public VolumeUsage Volumes { get; }

    public PodTable PodTable => _pods;

    /// <summary>A table with the same content, which changes of this one do not touch.</summary>
    public NodeTable Fork(ResourceNames resources, PodTable pods, Ownership ownership) => new(this, resources, pods, ownership);

    /// <summary>The names, never to change again.</summary>
    public string[] TakeNames()
    {
        _hasTakenNames = true;
        return Names;
    }

    /// <summary>The row of a name, or -1.</summary>
    public int Find(string name) => _rows.GetValueOrDefault(name, -1);

    /// <summary>Whether the row belongs to a name.</summary>
    public bool IsNamed(int row) => Names[row].Length > 0;

    /// <summary>True if some rows belong to names of nodes that are not examined.</summary>
    public bool HasUnlistedRows => _rows.Count > Order.Length;

    /// <summary>What a node has to give, and what its pods ask for.</summary>
    public ref readonly NodeAmounts Amounts(int row) => ref _amounts[row];

    /// <summary>Allocatable amount of a resource on a node.</summary>
    public long Allocatable(int resource, int row) =>
        resource < ResourceNames.FirstScalar ? _amounts[row].Allocatable[resource] : Scalar(resource, row).Allocatable;

    /// <summary>Requested amount of a resource on a node.</summary>
    public long Requested(int resource, int row) =>
        resource < ResourceNames.FirstScalar ? _amounts[row].Requested[resource] : Scalar(resource, row).Requested;

    /// <summary>The host ports in use on a node; null if there have been none.</summary>
    public HostPorts? HostPorts(int row) => _hostPorts[row];

    /// <summary>Restores the host ports of a node.</summary>
    public void SetHostPorts(int row, HostPorts? ports) => _hostPorts.Own(row) = ports;

    public void EnsureRows(int capacity)
    {
        if (capacity <= _capacity)
        {
            return;
        }

        _capacity = Math.Max(capacity, 2 * _capacity);
        (Nodes, Names, HasNode, _isListed) = (Grown(Nodes), Grown(Names), Grown(HasNode), Grown(_isListed));
        (_objectsOwner, _hasTakenNames) = (_ownership.Token, false);
        _amounts.EnsureCapacity(_capacity);
        _hostPorts.EnsureCapacity(_capacity);
        Pods.EnsureRows(_capacity);
        foreach (var column in _scalars)
        {
            column.EnsureCapacity(_capacity);
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
            RowCount++;
        }

        _rows.Add(name, row);
        SetName(row, name);
        Set(row, NoNode, hasNode: false);
        return row;
    }

    /// <summary>Gives a row its node object.</summary>
    public void Attach(int row, Node node)
    {
        Set(row, node, hasNode: true);
        ReadAllocatable(row);
    }

    /// <summary>Takes the node object away; pods stay.</summary>
    public void Detach(int row)
    {
        Set(row, NoNode, hasNode: false);
        ReadAllocatable(row);
    }

    /// <summary>Forgets the name of a row that nothing needs any longer.</summary>
    public void Free(int row)
    {
        _rows.Remove(Names[row], out _);
        SetName(row, "");
        SetHostPorts(row, null);
        _freeRows.Push(row);
    }

    /// <summary>Puts a pod on its node.</summary>
    public void Place(int id)
    {
        ref readonly var pod = ref _pods[id];
        Pods.Append(pod.Row, id);
        Account(pod.Row, pod.Kind.Requests, 1);
        Volumes.Place(pod.Pod, pod.Row);
        if (pod.Kind.HostPorts.Length > 0)
        {
            OwnHostPorts(pod.Row).Add(pod.Kind.HostPorts);
        }
    }

    /// <summary>Takes a pod off its node; the node's last pod fills its place.</summary>
    /// <returns>Its place in the node's list.</returns>
    public int Displace(int id)
    {
        ref readonly var pod = ref _pods[id];
        var slot = Pods.Remove(pod.Row, id);
        Account(pod.Row, pod.Kind.Requests, -1);
        Volumes.Displace(pod.Pod, pod.Row);
        if (pod.Kind.HostPorts.Length > 0)
        {
            OwnHostPorts(pod.Row).Remove(pod.Kind.HostPorts);
        }

        return slot;
    }

    /// <summary>Undoes <see cref="Displace"/>.</summary>
    public void Replace(int id, int slot)
    {
        ref readonly var pod = ref _pods[id];
        Pods.Restore(pod.Row, id, slot);
        Account(pod.Row, pod.Kind.Requests, 1);
        Volumes.Place(pod.Pod, pod.Row);
    }

    /// <summary>Remembers what placing and displacing does not restore: the order of a node's pods, and its shared host ports.</summary>
    public RememberedNode Remember(int row) => new([.. Pods[row]], HostPorts(row)?.Copy());

    /// <summary>Restores what was remembered, once the same pods are on the node again.</summary>
    public void Recall(int row, RememberedNode remembered)
    {
        Pods.Reorder(row, remembered.Pods);
        SetHostPorts(row, remembered.HostPorts);
    }

    private void SetName(int row, string name)
    {
        if (_hasTakenNames)
        {
            Names = (string[])Names.Clone();
            _hasTakenNames = false;
        }

        OwnObjects();
        Names[row] = name;
    }

    private void Set(int row, Node node, bool hasNode)
    {
        OwnObjects();
        Nodes[row] = node;
        HasNode[row] = hasNode;
    }

    private void OwnObjects()
    {
        if (!ReferenceEquals(_objectsOwner, _ownership.Token))
        {
            (Nodes, Names, HasNode, _isListed) = ([.. Nodes], [.. Names], [.. HasNode], [.. _isListed]);
            (_objectsOwner, _hasTakenNames) = (_ownership.Token, false);
        }
    }

    private HostPorts OwnHostPorts(int row)
    {
        ref var ports = ref _hostPorts.Own(row);
        return ports = ports?.OwnedBy(_ownership.Token) ?? new(_ownership.Token);
    }

    private void Account(int row, PodRequests requests, int sign)
    {
        ref var amounts = ref _amounts.Own(row);
        amounts.Version++;
        amounts.Requested[ResourceNames.Cpu] += sign * requests.CpuMilli;
        amounts.Requested[ResourceNames.Memory] += sign * requests.MemoryBytes;
        amounts.Requested[ResourceNames.EphemeralStorage] += sign * requests.EphemeralStorageBytes;
        amounts.NonZeroCpuMilli += sign * requests.NonZeroCpuMilli;
        amounts.NonZeroMemoryBytes += sign * requests.NonZeroMemoryBytes;
        var all = amounts.Requested[ResourceNames.Cpu] | amounts.Requested[ResourceNames.Memory] | amounts.Requested[ResourceNames.EphemeralStorage]
            | amounts.NonZeroCpuMilli | amounts.NonZeroMemoryBytes;
        foreach (var (resource, amount) in requests.Scalars)
        {
            all |= OwnScalar(resource, row).Requested += sign * amount;
        }

        HasExtremeAmounts |= ExtremeAmounts.Has(all);
    }

    private void ReadAllocatable(int row)
    {
        ref var amounts = ref _amounts.Own(row);
        amounts.Version++;
        (amounts.AllowedPods, amounts.Allocatable) = (0, default);
        foreach (var column in _scalars)
        {
            column.Own(row).Allocatable = 0;
        }

        foreach (var (name, quantity) in Nodes[row].Status.Allocatable.Entries)
        {
            if (name == ResourceNames.PodsName)
            {
                amounts.AllowedPods = quantity.Value();
            }
            else if (_resources.Intern(name) is >= 0 and var id)
            {
                ref var allocatable = ref id < ResourceNames.FirstScalar ? ref amounts.Allocatable[id] : ref OwnScalar(id, row).Allocatable;
                allocatable = PodRequests.AmountOf(name, quantity);
                HasExtremeAmounts |= ExtremeAmounts.Has(allocatable);
            }
        }
    }

    private ScalarAmounts Scalar(int resource, int row)
    {
        var index = resource - ResourceNames.FirstScalar;
        return index < _scalars.Count ? _scalars[index][row] : default;
    }

    private ref ScalarAmounts OwnScalar(int resource, int row)
    {
        var index = resource - ResourceNames.FirstScalar;
        while (_scalars.Count <= index)
        {
            var column = new PagedArray<ScalarAmounts>(_ownership);
            column.EnsureCapacity(_capacity);
            _scalars.Add(column);
        }

        return ref _scalars[index].Own(row);
    }
}

/// <summary>What <see cref="NodeTable.Remember"/> keeps of a node.</summary>
internal readonly record struct RememberedNode(int[] Pods, HostPorts? HostPorts);
