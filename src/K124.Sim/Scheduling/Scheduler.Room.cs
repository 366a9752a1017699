using K124.Sim.Model;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling;

/// <summary>Where there is room, without putting anything there.</summary>
public sealed partial class Scheduler
{
    /// <summary>Whether there is a node of that name.</summary>
    internal bool HasNode(string name) => _state.Nodes.Find(name) is >= 0 and var row && _state.Nodes.HasNode[row];

    /// <summary>The nodes that pass every filter for a pod now, as rows. Nothing changes.</summary>
    internal int[] FeasibleRows(Pod pod)
    {
        if (FrameworkOf(pod) is not { } framework || _state.Nodes.Count == 0)
        {
            return [];
        }

        using var checkpoint = Checkpoint();
        BeginAttempt();
        framework.Begin(pod);
        var podClass = _state.Classes.OfIncoming(pod);
        framework.BringUpToDate(podClass);
        var preFilter = framework.PreFilter(podClass);
        int[] rows = [];
        if (preFilter.Status is null)
        {
            rows = preFilter.NodeNames is { } names ? [.. _state.Nodes.Order.Where(row => names.Contains(_state.Nodes.Names[row]))] : [.. _state.Nodes.Order];
            rows = rows[..framework.Narrow(pod, podClass, rows)];
        }

        Rollback(checkpoint);
        return rows;
    }

    /// <summary>What stops a pod on a node, in the words of the event; empty if nothing does.</summary>
    internal string ObjectionOf(Pod pod, int row)
    {
        if (FrameworkOf(pod) is not { } framework)
        {
            return "";
        }

        using var checkpoint = Checkpoint();
        BeginAttempt();
        framework.Begin(pod);
        var podClass = _state.Classes.OfIncoming(pod);
        framework.BringUpToDate(podClass);
        var text = framework.PreFilter(podClass) switch
        {
            { Status: { } status } => string.Join(", ", status.Reasons),
            { NodeNames: { } names } when !names.Contains(_state.Nodes.Names[row]) => "node(s) didn't match Pod's node affinity/selector",
            _ => string.Join(", ", framework.Filter(pod, podClass, row).SelectMany(static status => status.Reasons)),
        };
        Rollback(checkpoint);
        return text;
    }

    /// <summary>The rows of nodes, in the order in which the cluster holds them.</summary>
    internal int[] NodeRows => [.. Rows];

    internal string NodeNameOf(int row) => _state.Nodes.Names[row];

    internal Node NodeOf(int row) => _state.Nodes.Nodes[row];

    internal int RowOfNode(string name) => _state.Nodes.Find(name);

    /// <summary>The room that the pods of a node leave: what it has, less what they ask for.</summary>
    internal long FreeOf(string resource, int row) => AllocatableOf(resource, row) - RequestedOf(resource, row);

    internal long AllocatableOf(string resource, int row) => resource == ResourceNames.PodsName
        ? _state.Nodes.Amounts(row).AllowedPods
        : _state.Resources.Find(resource) is >= 0 and var id ? _state.Nodes.Allocatable(id, row) : 0;

    internal long RequestedOf(string resource, int row) => resource == ResourceNames.PodsName
        ? _state.Nodes.Pods.Count(row)
        : _state.Resources.Find(resource) is >= 0 and var id ? _state.Nodes.Requested(id, row) : 0;

    /// <summary>The names of the resources that nodes have or pods ask for: cpu, memory, pods, ephemeral storage, then the others by name.</summary>
    internal string[] ResourcesInUse =>
    [
        ResourceNames.CpuName, ResourceNames.MemoryName, ResourceNames.PodsName,
        .. Enumerable.Range(ResourceNames.EphemeralStorage, _state.Resources.Count - ResourceNames.EphemeralStorage)
            .Where(id => _state.Nodes.Order.Any(row => _state.Nodes.Allocatable(id, row) != 0 || _state.Nodes.Requested(id, row) != 0))
            .Select(id => _state.Resources[id]).OrderBy(static name => name != ResourceNames.EphemeralStorageName).ThenBy(static name => name, StringComparer.Ordinal),
    ];

    /// <summary>What a pod asks for, by the names of resources; 1 of pods.</summary>
    internal IReadOnlyList<(string Resource, long Amount)> RequestsOf(Pod pod)
    {
        var requests = PodRequests.Of(pod, _state.Resources);
        var list = new List<(string, long)> { (ResourceNames.PodsName, 1) };
        AddIfAsked(ResourceNames.CpuName, requests.CpuMilli);
        AddIfAsked(ResourceNames.MemoryName, requests.MemoryBytes);
        AddIfAsked(ResourceNames.EphemeralStorageName, requests.EphemeralStorageBytes);
        foreach (var scalar in requests.Scalars)
        {
            AddIfAsked(_state.Resources[scalar.Resource], scalar.Amount);
        }

        return list;

        void AddIfAsked(string resource, long amount)
        {
            if (amount > 0)
            {
                list.Add((resource, amount));
            }
        }
    }
}
