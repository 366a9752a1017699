using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Networking.LoadBalancers;

/// <summary>A cloud that gives load balancers by plan.</summary>
internal sealed class PlannedCloud : ICloudLoadBalancers
{
    private const int AddressesOfOneNet = 254;

    private readonly Func<Service, LoadBalancerPlan?> _plan;
    private readonly Dictionary<string, ImmutableArray<LoadBalancerIngress>> _balancers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _asked = new(StringComparer.Ordinal);
    private int _given;

    public PlannedCloud(Func<Service, LoadBalancerPlan?> plan) => _plan = plan;

    private PlannedCloud(PlannedCloud other)
    {
        _plan = other._plan;
        _balancers = new(other._balancers, StringComparer.Ordinal);
        _asked = new(other._asked, StringComparer.Ordinal);
        _given = other._given;
    }

    /// <summary>The present.</summary>
    public DateTimeOffset Now { get; set; }

    public PlannedCloud Fork() => new(this);

    /// <summary>Time until the cloud is done with a Service; none if it is, or never will be.</summary>
    public TimeSpan Wait(Service service)
    {
        var uid = service.Metadata.Uid;
        if (_balancers.ContainsKey(uid) || _plan(service) is not { } plan)
        {
            return TimeSpan.Zero;
        }

        if (!_asked.TryGetValue(uid, out var since))
        {
            _asked.Add(uid, since = Now);
        }

        return since + plan.After - Now;
    }

    public CloudReply Find(Service service, out bool exists)
    {
        exists = _balancers.ContainsKey(service.Metadata.Uid);
        return default;
    }

    public CloudReply Ensure(Service service, int nodeCount, out ImmutableArray<LoadBalancerIngress> ingress)
    {
        if (_balancers.TryGetValue(service.Metadata.Uid, out ingress))
        {
            return default;
        }

        ingress = service.Status?.LoadBalancer?.Ingress ?? [];
        if (_plan(service) is not { } plan)
        {
            return new(IsElsewhere: true);
        }

        if (plan.Error.Length > 0)
        {
            return new(plan.Error);
        }

        ingress = !ingress.IsEmpty ? ingress : plan.Ingress.IsEmpty ? [new() { IP = NextAddress() }] : plan.Ingress;
        _balancers.Add(service.Metadata.Uid, ingress);
        return default;
    }

    public CloudReply Delete(Service service)
    {
        _balancers.Remove(service.Metadata.Uid);
        _asked.Remove(service.Metadata.Uid);
        return default;
    }

    /// <summary>Addresses for documentation, RFC 5737: they lead nowhere.</summary>
    private string NextAddress()
    {
        var number = _given++;
        return string.Create(CultureInfo.InvariantCulture, $"203.0.{113 + (number / AddressesOfOneNet)}.{(number % AddressesOfOneNet) + 1}");
    }
}
