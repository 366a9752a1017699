using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="Service"/>.</summary>
public sealed record ServiceSpec
{
    internal static readonly ServiceSpec Default = new();

    private readonly Items<ServicePort> _ports;
    private readonly Items<string> _clusterIPs;
    private readonly Items<string> _iPFamilies;
    private readonly Items<string> _externalIPs;
    private readonly Items<string> _loadBalancerSourceRanges;

    /// <summary><c>ClusterIP</c> (also when empty), <c>NodePort</c>, <c>LoadBalancer</c> or <c>ExternalName</c>.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>Labels of the pods behind the service; null selects none.</summary>
    public StringMap<string>? Selector { get; init; }

    /// <summary>Ports of the service.</summary>
    public ImmutableArray<ServicePort> Ports { get => _ports.Array; init => _ports = new(value); }

    /// <summary>First cluster IP; <c>None</c> for a headless service.</summary>
    public string ClusterIP { get; init => field = value ?? ""; } = "";

    /// <summary>Cluster IPs, at most one per family.</summary>
    public ImmutableArray<string> ClusterIPs { get => _clusterIPs.Array; init => _clusterIPs = new(value); }

    /// <summary>IP families: <c>IPv4</c>, <c>IPv6</c>.</summary>
    public ImmutableArray<string> IPFamilies { get => _iPFamilies.Array; init => _iPFamilies = new(value); }

    /// <summary><c>SingleStack</c>, <c>PreferDualStack</c> or <c>RequireDualStack</c>.</summary>
    public string? IPFamilyPolicy { get; init; }

    /// <summary>DNS name of an ExternalName service.</summary>
    public string ExternalName { get; init => field = value ?? ""; } = "";

    /// <summary>Further addresses that lead to the service.</summary>
    public ImmutableArray<string> ExternalIPs { get => _externalIPs.Array; init => _externalIPs = new(value); }

    /// <summary><c>Cluster</c> or <c>Local</c>.</summary>
    public string ExternalTrafficPolicy { get; init => field = value ?? ""; } = "";

    /// <summary><c>Cluster</c> or <c>Local</c>.</summary>
    public string? InternalTrafficPolicy { get; init; }

    /// <summary>Node port of the load balancer's health check; 0 for none.</summary>
    public int HealthCheckNodePort { get; init; }

    /// <summary><c>None</c> or <c>ClientIP</c>.</summary>
    public string SessionAffinity { get; init => field = value ?? ""; } = "";

    /// <summary>True if pods count before they are ready.</summary>
    public bool PublishNotReadyAddresses { get; init; }

    /// <summary>Requested load-balancer address.</summary>
    public string LoadBalancerIP { get; init => field = value ?? ""; } = "";

    /// <summary>Client ranges that may use the load balancer.</summary>
    public ImmutableArray<string> LoadBalancerSourceRanges { get => _loadBalancerSourceRanges.Array; init => _loadBalancerSourceRanges = new(value); }

    /// <summary>False if a LoadBalancer service takes no node ports.</summary>
    public bool? AllocateLoadBalancerNodePorts { get; init; }

    /// <summary>Implementation of the load balancer (KEP-1959).</summary>
    public string? LoadBalancerClass { get; init; }

    /// <summary>Settings of session affinity.</summary>
    public SessionAffinityConfig? SessionAffinityConfig { get; init; }
}
