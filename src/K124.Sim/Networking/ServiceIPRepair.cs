using System.Collections.Immutable;
using System.Diagnostics;
using K124.Sim.Model;
using K124.Sim.Networking.Internal;

namespace K124.Sim.Networking;

/// <summary>The loop by which an API server makes the stored cluster-IP bitmaps agree with the Services.</summary>
/// <remarks>1.24 runs a pass at the start of each server and every three minutes. An address that nobody uses survives two
/// passes and is gone after the third. Counters live in this object, so there is one a server. In 1.24 the order in which the
/// families are written is random; here it is drawn. Kubernetes 1.24
/// pkg/registry/core/service/ipallocator/controller.</remarks>
public sealed class ServiceIPRepair
{
    private const int MaxAttempts = 4;
    private const string PleaseRecreate = "; please recreate service";
    private const string NoAddress = "<nil>";

    private readonly ImmutableArray<Family> _families;
    private readonly IRandomSource _random;
    private readonly ServiceIPRangeOptions _rangeOptions;

    /// <summary>Starts a server's loop.</summary>
    /// <param name="primary">The server's allocator of the primary block.</param>
    /// <param name="secondary">That of the secondary block, of the other family; null for a single-stack cluster.</param>
    /// <param name="random">Where the order of writing is drawn from; null for a <see cref="SeededRandom"/> of seed 0.</param>
    /// <param name="metrics">The server's metrics, which the throw-away ranges of a pass write, too; null for none.</param>
    /// <exception cref="ArgumentException">Both blocks are of one family.</exception>
    public ServiceIPRepair(
        ServiceIPAllocator primary, ServiceIPAllocator? secondary = null, IRandomSource? random = null, ServiceIPMetrics? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(primary);
        if (secondary?.Cidr.Family == primary.Cidr.Family)
        {
            throw new ArgumentException("The secondary block is of the primary one's family.", nameof(secondary));
        }

        _families = secondary is null ? [new(primary)] : [new(primary), new(secondary)];
        _random = random ?? new SeededRandom(0);
        _rangeOptions = new() { Metrics = metrics, Random = _random };
    }

    /// <summary>Passes that an address which nobody uses has left, by its text.</summary>
    /// <param name="family">A family.</param>
    /// <returns>The counters; empty for a family that is not configured.</returns>
    public ImmutableSortedDictionary<string, int> LeakCounters(IPFamily family) =>
        _families.FirstOrDefault(candidate => candidate.IPFamily == family)?.Leaks.Counters ?? ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Runs a pass, retried up to three times if the stored object changed meanwhile.</summary>
    /// <param name="services">Every Service of the cluster in list order: by namespace, then name.</param>
    /// <returns>What was done.</returns>
    public RepairResult RunOnce(IEnumerable<Service> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var journal = new RepairJournal();
        foreach (var _ in Steps(() => services, journal))
        {
            // The steps are for those who play other servers in between.
        }

        return journal.ToResult();
    }

    /// <summary>Runs a pass; yields after every access to the store.</summary>
    internal IEnumerable<RepairStep> Steps(Func<IEnumerable<Service>> listServices, RepairJournal journal)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            journal.StartAttempt();
            foreach (var step in Attempt(listServices, journal))
            {
                yield return step;
            }

            if (!journal.IsConflict)
            {
                yield break;
            }
        }
    }

    private IEnumerable<RepairStep> Attempt(Func<IEnumerable<Service>> listServices, RepairJournal journal)
    {
        foreach (var family in _families)
        {
            var reply = family.Allocator.Read();
            yield return RepairStep.Read;
            if (reply.Status != StoreStatus.Done)
            {
                journal.Fail($"unable to refresh the service IP block: {reply.Message}");
                yield break;
            }

            if (!family.TryStart(reply.Allocation, _rangeOptions, journal))
            {
                yield break;
            }
        }

        foreach (var service in listServices())
        {
            if (service.Spec.ClusterIP is "" or "None")
            {
                continue;
            }

            foreach (var text in service.Spec.ClusterIPs)
            {
                Mark(service, text, journal);
            }
        }

        foreach (var family in _families)
        {
            family.FindLeaks(journal);
        }

        yield return RepairStep.Listed;
        var order = _families.Length == 2 && _random.Next(2) == 1 ? _families.Reverse() : _families;
        foreach (var family in order)
        {
            journal.WriteAttempts++;
            var snapshot = family.Rebuilt.Snapshot() with { ResourceVersion = family.Version };
            var operation = family.Allocator.BeginCreateOrUpdate(snapshot);
            while (!operation.IsDone)
            {
                operation.Advance();
                if (!operation.IsDone)
                {
                    yield return RepairStep.Writing;
                }
            }

            var result = family.Allocator.EndCreateOrUpdate(snapshot, operation);
            if (!result.Succeeded)
            {
                var isConflict = result.Status == AllocationStatus.Conflict;
                journal.Fail(isConflict ? result.Message : $"unable to persist the updated service IP allocations: {result.Message}", isConflict);
                yield return RepairStep.Written;
                yield break;
            }

            yield return RepairStep.Written;
        }
    }

    private void Mark(Service service, string text, RepairJournal journal)
    {
        if (!ServiceIP.TryParse(text, out var address))
        {
            journal.Report(service, "ClusterIPNotValid", $"Cluster IP {NoAddress}", $"the cluster IP {NoAddress}", "is not a valid IP", PleaseRecreate);
            return;
        }

        var family = _families.FirstOrDefault(candidate => candidate.IPFamily == address.Family);
        if (family is null)
        {
            var named = $"{address}({address.Family})";
            journal.Report(
                service, "ClusterIPNotValid", $"Cluster IP {named}", $"the cluster IP {named}", "is of ip family that is no longer configured on cluster", PleaseRecreate);
            return;
        }

        var subject = $"[{address.Family}]:{address}";
        switch (family.Rebuilt.TryAllocate(address).Status)
        {
            case AllocationStatus.Done:
                if (family.Stored.Has(address))
                {
                    family.Stored.Release(address);
                }
                else
                {
                    Report("ClusterIPNotAllocated", "is not allocated; repairing", "");
                }

                family.Leaks.Forget(address.ToString());
                break;
            case AllocationStatus.AlreadyAllocated:
                Report("ClusterIPAlreadyAllocated", "was assigned to multiple services", PleaseRecreate);
                break;
            case AllocationStatus.OutOfRange:
                Report("ClusterIPOutOfRange", $"is not within the service CIDR {family.Allocator.Cidr}", PleaseRecreate);
                break;
            default:
                throw new UnreachableException();
        }

        void Report(string reason, string problem, string advice) =>
            journal.Report(service, reason, $"Cluster IP {subject}", $"the cluster IP {subject}", problem, advice);
    }

    /// <summary>One family during a pass.</summary>
    private sealed class Family(ServiceIPAllocator allocator)
    {
        public ServiceIPAllocator Allocator => allocator;

        public IPFamily IPFamily => allocator.Cidr.Family;

        public LeakTracker<string> Leaks { get; } = new(StringComparer.Ordinal);

        public ServiceIPRange Stored { get; private set; } = new(allocator.Cidr);

        public ServiceIPRange Rebuilt { get; private set; } = new(allocator.Cidr);

        public string Version { get; private set; } = "";

        public bool TryStart(RangeAllocation? read, ServiceIPRangeOptions options, RepairJournal journal)
        {
            read ??= new();
            Version = read.ResourceVersion;
            var snapshot = read.Range.Length == 0 ? read with { Range = allocator.Cidr.ToString() } : read;
            var restored = ServiceIPRange.TryFromSnapshot(snapshot, out var stored, options);
            if (stored is null)
            {
                journal.Fail($"unable to rebuild allocator from snapshots for family:{IPFamily} with error:{restored.Message}");
                return false;
            }

            Stored = stored;
            Rebuilt = new(allocator.Cidr, options);
            return true;
        }

        public void FindLeaks(RepairJournal journal)
        {
            foreach (var address in Stored.Allocated())
            {
                var name = address?.ToString() ?? NoAddress;
                if (!Leaks.IsKept(name, out var isNew))
                {
                    journal.Log($"the cluster IP {name} appears to have leaked: cleaning up");
                    continue;
                }

                if (isNew)
                {
                    journal.Log($"the cluster IP {name} may have leaked: flagging for later clean up");
                }

                var error = address is { } leaked ? Rebuilt.TryAllocate(leaked).Message
                    : $"the provided IP ({NoAddress}) is not in the valid range. The range of valid IPs is {Rebuilt.Cidr}";
                if (error.Length > 0)
                {
                    journal.Log($"the cluster IP {name} may have leaked, but can not be allocated: {error}");
                }
            }
        }
    }
}
