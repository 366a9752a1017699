using K124.Sim.Model;

namespace K124.Sim.Scheduling.State;

/// <summary>The host ports in use on one node.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework (HostPortInfo): a set, so a port that two pods use is free once one goes.</remarks>
internal sealed class HostPorts
{
    private const string AnyAddress = "0.0.0.0";

    private readonly HashSet<HostPort> _used;
    private readonly object? _owner;

    public HostPorts(object? owner = null) => (_used, _owner) = ([], owner);

    private HostPorts(HashSet<HostPort> used, object? owner) => (_used, _owner) = (used, owner);

    /// <summary>The host ports that a pod wants.</summary>
    public static HostPort[] Of(Pod pod) =>
    [
        .. from container in pod.Spec.Containers
           from port in container.Ports
           where port.HostPort > 0
           select new HostPort(
               port.HostIP.Length == 0 ? AnyAddress : port.HostIP,
               port.Protocol.Length == 0 ? "TCP" : port.Protocol,
               port.HostPort),
    ];

    public HostPorts Copy() => new([.. _used], _owner);

    /// <summary>The same ports for an owner to change: these, if they are its own.</summary>
    public HostPorts OwnedBy(object owner) => ReferenceEquals(owner, _owner) ? this : new([.. _used], owner);

    public void Add(HostPort[] ports) => _used.UnionWith(ports);

    public void Remove(HostPort[] ports) => _used.ExceptWith(ports);

    public bool ConflictsWith(HostPort[] wanted)
    {
        foreach (var want in wanted)
        {
            foreach (var used in _used)
            {
                if (used.Port == want.Port
                    && used.Protocol == want.Protocol
                    && (used.Address == want.Address || used.Address == AnyAddress || want.Address == AnyAddress))
                {
                    return true;
                }
            }
        }

        return false;
    }
}

/// <summary>A port on a node's address.</summary>
internal readonly record struct HostPort(string Address, string Protocol, int Port);
