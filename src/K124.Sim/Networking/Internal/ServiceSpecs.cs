using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Networking.Internal;

/// <summary>What the rules of 1.24 ask of a Service's spec.</summary>
internal static class ServiceSpecs
{
    public const string ClusterIP = "ClusterIP";
    public const string NodePort = "NodePort";
    public const string LoadBalancer = "LoadBalancer";
    public const string ExternalName = "ExternalName";
    public const string None = "None";
    public const string ClientIP = "ClientIP";
    public const string SingleStack = "SingleStack";
    public const string PreferDualStack = "PreferDualStack";
    public const string RequireDualStack = "RequireDualStack";
    public const string IPv4 = "IPv4";
    public const string IPv6 = "IPv6";

    public static bool NeedsClusterIP(this ServiceSpec spec) => spec.Type is ClusterIP or NodePort or LoadBalancer;

    public static bool NeedsNodePort(this ServiceSpec spec) => spec.Type is NodePort or LoadBalancer;

    public static bool NeedsHealthCheck(this ServiceSpec spec) => spec.Type == LoadBalancer && spec.ExternalTrafficPolicy == "Local";

    public static bool WantsNodePorts(this ServiceSpec spec) =>
        spec.Type == NodePort || (spec.Type == LoadBalancer && spec.AllocateLoadBalancerNodePorts != false);

    public static bool IsHeadless(this ServiceSpec spec) => spec.ClusterIPs is [None, ..];

    /// <summary>Whether 'None' stands there and nothing else, which is what validation goes by.</summary>
    public static bool IsHeadlessAlone(this ServiceSpec spec) => spec.ClusterIPs is [None];

    public static bool HasSelector(this ServiceSpec spec) => spec.Selector is { Count: > 0 };

    public static bool Same(ImmutableArray<string> left, ImmutableArray<string> right) => left.AsSpan().SequenceEqual(right.AsSpan());

    public static IEnumerable<int> NodePorts(this ServiceSpec spec) => spec.Ports.Select(port => port.NodePort).Where(port => port != 0);

    public static string OtherFamily(string family) => family == IPv4 ? IPv6 : IPv4;

    public static string FamilyOf(string address) => ServiceIP.TryParse(address, out var parsed) && parsed.Family == IPFamily.IPv6 ? IPv6 : IPv4;
}
