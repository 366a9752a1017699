using System.Collections.Immutable;
using K124.Sim.Kinds.Validation;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Networking.Internal;

/// <summary>What one create or update allocates and releases: undone by <see cref="Revert"/>, made final by <see cref="Commit"/>.</summary>
internal sealed class ServiceTransaction
{
    private readonly ServiceAllocators _allocators;
    private readonly bool _isDryRun;
    private readonly NodePortOperation _ports;
    private readonly string _serviceName;
    private readonly List<(string Family, string Address)> _allocated = [];
    private readonly List<(string Family, string Address)> _toRelease = [];

    public ServiceTransaction(ServiceAllocators allocators, bool dryRun, string serviceName)
    {
        _allocators = allocators;
        _isDryRun = dryRun;
        _ports = new(allocators.NodePorts, dryRun);
        _serviceName = serviceName;
    }

    /// <summary>Allocates for a new Service; gives the spec with what was allocated.</summary>
    public ServiceError? Create(ref ServiceSpec spec) =>
        AllocateIPs(ref spec)
        ?? (spec.NeedsNodePort() ? AllocateNodePorts(ref spec) : null)
        ?? (spec.NeedsHealthCheck() ? AllocateHealthCheckPort(ref spec) : null);

    /// <summary>Allocates what a changed Service needs more, and notes what it needs no longer.</summary>
    public ServiceError? Update(ref ServiceSpec spec, ServiceSpec old)
    {
        if (UpdateIPs(ref spec, old) is { } ipError)
        {
            return ipError;
        }

        if (old.NeedsNodePort() && !spec.NeedsNodePort())
        {
            ReleaseDeferred(old.NodePorts());
        }

        if (spec.NeedsNodePort() && UpdateNodePorts(ref spec, old) is { } portError)
        {
            return portError;
        }

        if (!old.NeedsHealthCheck() && spec.NeedsHealthCheck())
        {
            return AllocateHealthCheckPort(ref spec);
        }

        if (old.NeedsHealthCheck() && !spec.NeedsHealthCheck())
        {
            _ports.ReleaseDeferred(old.HealthCheckNodePort);
        }

        return null;
    }

    public void Commit()
    {
        _ports.Commit();
        ReleaseIPs(_toRelease);
    }

    public void Revert()
    {
        _ports.Rollback();
        ReleaseIPs(_allocated);
    }

    private ServiceError? AllocateIPs(ref ServiceSpec spec)
    {
        if (spec.Type == ServiceSpecs.ExternalName || spec.IsHeadless())
        {
            return null;
        }

        var ips = spec.ClusterIPs.ToBuilder();
        while (ips.Count < spec.IPFamilies.Length)
        {
            ips.Add("");
        }

        return AllocateIPs(ref spec, ips.ToImmutable(), [.. Enumerable.Range(0, spec.IPFamilies.Length)]);
    }

    private ServiceError? UpdateIPs(ref ServiceSpec spec, ServiceSpec old)
    {
        if (old.Type == ServiceSpecs.ExternalName)
        {
            return AllocateIPs(ref spec);
        }

        if (old.IsHeadless())
        {
            return null;
        }

        if (spec.Type == ServiceSpecs.ExternalName)
        {
            _toRelease.AddRange(old.IPFamilies.Zip(old.ClusterIPs));
            return null;
        }

        // Without a first address (an unknown type keeps none) validation will fail.
        if (old.IPFamilies.Length == 1 && spec.IPFamilies.Length == 2 && !spec.ClusterIPs.IsEmpty)
        {
            return AllocateIPs(ref spec, spec.ClusterIPs.Length < 2 ? spec.ClusterIPs.Add("") : spec.ClusterIPs, [1]);
        }

        if (old.IPFamilies.Length == 2 && spec.IPFamilies.Length == 1 && old.ClusterIPs.Length == 2)
        {
            _toRelease.Add((old.IPFamilies[1], old.ClusterIPs[1]));
        }

        return null;
    }

    // The order in which 1.24 tries the families is that of a Go map. After a failure it keeps the address of the family
    // that was tried before; the repair loop finds it later.
    private ServiceError? AllocateIPs(ref ServiceSpec spec, ImmutableArray<string> ips, ImmutableArray<int> indexes)
    {
        var shown = ips;
        var allocated = new List<(string Family, string Address)>();
        foreach (var i in _allocators.InRandomOrder(indexes))
        {
            var family = spec.IPFamilies[i];
            var live = _allocators.OfFamily(family)!;
            var allocator = _isDryRun ? live.DryRun() : live;
            if (shown[i].Length == 0)
            {
                var drawn = allocator.TryAllocateNext();
                if (!drawn.Succeeded)
                {
                    return drawn.Status == AllocationStatus.Panic
                        ? ServiceError.Plain("This request caused apiserver to panic. Look in the logs for details.")
                        : ServiceError.Internal($"failed to allocate a serviceIP: {drawn.Message}");
                }

                ips = ips.SetItem(i, drawn.Address!.Value.ToString());
            }
            else
            {
                if (!ServiceIP.TryParse(shown[i], out var address))
                {
                    return ServiceError.Internal($"failed to parse service IP {GoText.Quote(shown[i])}");
                }

                var taken = allocator.TryAllocate(address);
                if (!taken.Succeeded)
                {
                    var errors = new FieldErrors();
                    errors.InvalidPrinted("spec.clusterIPs", GoText.Strings(shown), $"failed to allocate IP {shown[i]}: {taken.Message}");
                    return ServiceError.Invalid(_serviceName, errors);
                }
            }

            allocated.Add((family, ips[i]));
        }

        _allocated.AddRange(allocated);
        spec = spec with { ClusterIPs = ips, ClusterIP = ips[0] };
        return null;
    }

    private ServiceError? AllocateNodePorts(ref ServiceSpec spec)
    {
        var ports = spec.Ports.ToBuilder();
        var byPort = new Dictionary<int, int>();
        for (var i = 0; i < ports.Count; i++)
        {
            var port = ports[i];
            if (port.NodePort == 0 && !spec.WantsNodePorts())
            {
                continue;
            }

            var hasNodePort = byPort.TryGetValue(port.Port, out var number);
            if (hasNodePort && (port.NodePort == 0 || port.NodePort == number))
            {
                ports[i] = port with { NodePort = number };
                continue;
            }

            // Entries of one port number share a node port; the first explicit one among them counts for the first entry.
            var wanted = hasNodePort ? port.NodePort
                : spec.Ports.FirstOrDefault(other => other.Port == port.Port && other.NodePort != 0)?.NodePort ?? 0;
            if (AllocatePort(wanted, i, out number) is { } error)
            {
                return error;
            }

            ports[i] = port with { NodePort = number };
            byPort.TryAdd(port.Port, number);
        }

        spec = spec with { Ports = ports.ToImmutable() };
        return null;
    }

    private ServiceError? UpdateNodePorts(ref ServiceSpec spec, ServiceSpec old)
    {
        var ports = spec.Ports.ToBuilder();
        var oldNumbers = old.NodePorts().ToHashSet();
        var taken = new HashSet<int>();
        var seen = new HashSet<(string Protocol, int NodePort)>();
        for (var i = 0; i < ports.Count; i++)
        {
            var port = ports[i];
            var number = port.NodePort;
            if (number == 0 && !spec.WantsNodePorts())
            {
                continue;
            }

            if (number == 0 || (!oldNumbers.Contains(number) && taken.Add(number)))
            {
                if (AllocatePort(number, i, out number) is { } error)
                {
                    return error;
                }

                ports[i] = port with { NodePort = number };
            }

            if (!seen.Add((port.Protocol, number)))
            {
                return ServiceError.Plain(FormattableString.Invariant($"duplicate nodePort: {{{port.Protocol} {number}}}"));
            }
        }

        spec = spec with { Ports = ports.ToImmutable() };
        ReleaseDeferred(oldNumbers.Except(spec.NodePorts()));
        return null;
    }

    private ServiceError? AllocatePort(int wanted, int index, out int number)
    {
        var result = wanted == 0 ? _ports.TryAllocateNext() : _ports.TryAllocate(wanted);
        number = result.Port;
        if (result.Succeeded)
        {
            return null;
        }

        if (wanted == 0)
        {
            return ServiceError.Internal($"failed to allocate a nodePort: {result.Message}");
        }

        var errors = new FieldErrors();
        errors.Invalid($"spec.ports[{index}].nodePort", wanted, result.Message);
        return ServiceError.Invalid(_serviceName, errors);
    }

    private ServiceError? AllocateHealthCheckPort(ref ServiceSpec spec)
    {
        var wanted = spec.HealthCheckNodePort;
        var result = wanted == 0 ? _ports.TryAllocateNext() : _ports.TryAllocate(wanted);
        if (!result.Succeeded)
        {
            return ServiceError.Internal(wanted == 0
                ? $"failed to allocate a HealthCheck NodePort 0: {result.Message}"
                : FormattableString.Invariant($"failed to allocate requested HealthCheck NodePort {wanted}: {result.Message}"));
        }

        spec = spec with { HealthCheckNodePort = result.Port };
        return null;
    }

    private void ReleaseDeferred(IEnumerable<int> ports)
    {
        foreach (var port in ports)
        {
            _ports.ReleaseDeferred(port);
        }
    }

    private void ReleaseIPs(List<(string Family, string Address)> addresses)
    {
        if (!_isDryRun)
        {
            _allocators.Release(addresses);
        }
    }
}
