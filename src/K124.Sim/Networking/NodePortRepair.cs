using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Networking.Internal;

namespace K124.Sim.Networking;

/// <summary>The loop by which an API server makes the stored node-port bitmap agree with the Services.</summary>
/// <remarks>The algorithm of <see cref="ServiceIPRepair"/>. The type of a Service is not looked at, so one of type ClusterIP with
/// left-over node ports holds them. Kubernetes 1.24 pkg/registry/core/service/portallocator/controller.</remarks>
public sealed class NodePortRepair
{
    private const int MaxAttempts = 4;
    private const string PleaseRecreate = "; please recreate service";

    private readonly NodePortAllocator _allocator;
    private readonly LeakTracker<int> _leaks = new(Comparer<int>.Default);

    /// <summary>Starts a server's loop.</summary>
    /// <param name="allocator">The server's allocator.</param>
    public NodePortRepair(NodePortAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        _allocator = allocator;
    }

    /// <summary>Passes that a port which nobody uses has left.</summary>
    public ImmutableSortedDictionary<int, int> LeakCounters => _leaks.Counters;

    /// <summary>Runs a pass, retried up to three times if the stored object changed meanwhile.</summary>
    /// <param name="services">Every Service of the cluster in list order: by namespace, then name.</param>
    /// <returns>What was done.</returns>
    public RepairResult RunOnce(IEnumerable<Service> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var journal = new RepairJournal();
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            journal.StartAttempt();
            Attempt(services, journal);
            if (!journal.IsConflict)
            {
                break;
            }
        }

        return journal.ToResult();
    }

    /// <summary>The node ports that a Service holds.</summary>
    internal static IEnumerable<int> PortsOf(Service service)
    {
        var seen = new List<(int Port, string Protocol)>();
        foreach (var port in service.Spec.Ports)
        {
            var protocol = port.Protocol.Length == 0 ? "TCP" : port.Protocol;
            if (port.NodePort == 0)
            {
                continue;
            }

            // 1.24 counts a port again only if the same protocol repeats it.
            if (!seen.Exists(entry => entry.Port == port.NodePort) || seen.Contains((port.NodePort, protocol)))
            {
                yield return port.NodePort;
            }

            seen.Add((port.NodePort, protocol));
        }

        var healthCheck = service.Spec.HealthCheckNodePort;
        if (healthCheck != 0 && (!seen.Exists(entry => entry.Port == healthCheck) || seen.Contains((healthCheck, "TCP"))))
        {
            yield return healthCheck;
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private void Attempt(IEnumerable<Service> services, RepairJournal journal)
    {
        var reply = _allocator.Read();
        if (reply.Status != StoreStatus.Done)
        {
            journal.Fail($"unable to refresh the port allocations: {reply.Message}");
            return;
        }

        var read = reply.Allocation ?? new RangeAllocation();
        var ports = _allocator.Ports;
        if (read.Range.Length > 0 && !NodePortSpan.TryParse(read.Range, out ports))
        {
            journal.Fail($"unable to rebuild allocator from snapshot: unable to parse port range: {read.Range}");
            return;
        }

        var stored = new NodePortRange(ports);
        stored.TryRestore(read with { Range = ports.ToString() });
        var rebuilt = new NodePortRange(_allocator.Ports);
        foreach (var service in services)
        {
            foreach (var port in PortsOf(service))
            {
                Mark(service, port, stored, rebuilt, journal);
            }
        }

        FindLeaks(stored, rebuilt, journal);
        journal.WriteAttempts++;
        var written = _allocator.CreateOrUpdate(rebuilt.Snapshot() with { ResourceVersion = read.ResourceVersion });
        if (!written.Succeeded)
        {
            var isConflict = written.Status == AllocationStatus.Conflict;
            journal.Fail(isConflict ? written.Message : $"unable to persist the updated port allocations: {written.Message}", isConflict);
        }
    }

    private void Mark(Service service, int port, NodePortRange stored, NodePortRange rebuilt, RepairJournal journal)
    {
        switch (rebuilt.TryAllocate(port).Status)
        {
            case AllocationStatus.Done:
                if (stored.Has(port))
                {
                    stored.Release(port);
                }
                else
                {
                    journal.Report(service, "PortNotAllocated", $"Port {Text(port)}", $"the node port {Text(port)}", "is not allocated; repairing", "");
                }

                _leaks.Forget(port);
                break;
            case AllocationStatus.AlreadyAllocated:
                journal.Report(
                    service, "PortAlreadyAllocated", $"Port {Text(port)}", $"the node port {Text(port)}", "was assigned to multiple services", PleaseRecreate);
                break;
            default:
                journal.Report(
                    service, "PortOutOfRange", $"Port {Text(port)}", $"the port {Text(port)}", $"is not within the port range {rebuilt.Ports}", PleaseRecreate);
                break;
        }
    }

    private void FindLeaks(NodePortRange stored, NodePortRange rebuilt, RepairJournal journal)
    {
        foreach (var port in stored.Allocated())
        {
            if (!_leaks.IsKept(port, out var isNew))
            {
                journal.Log($"the node port {Text(port)} appears to have leaked: cleaning up");
                continue;
            }

            if (isNew)
            {
                journal.Log($"the node port {Text(port)} may have leaked: flagging for later clean up");
            }

            var result = rebuilt.TryAllocate(port);
            if (!result.Succeeded)
            {
                journal.Log($"the node port {Text(port)} may have leaked, but can not be allocated: {result.Message}");
            }
        }
    }
}
