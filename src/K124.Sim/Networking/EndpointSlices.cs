using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Pods;
using K124.Sim.Text;

namespace K124.Sim.Networking;

/// <summary>What endpoint slices of a service are made of.</summary>
internal static class EndpointSlices
{
    public const string ServiceLabel = "kubernetes.io/service-name";

    private const string ManagerLabel = "endpointslice.kubernetes.io/managed-by";
    private const string Manager = "endpointslice-controller.k8s.io";
    private const string HeadlessLabel = "service.kubernetes.io/headless";
    private const string ZoneLabel = "topology.kubernetes.io/zone";
    private const string HintsAnnotation = "service.kubernetes.io/topology-aware-hints";
    private const string IPv6 = "IPv6";

    public static bool IsManaged(EndpointSlice slice) =>
        slice.Metadata.Labels.TryGetValue(ManagerLabel, out var manager) && manager == Manager;

    /// <summary>The address types that a service has endpoints of.</summary>
    public static ImmutableArray<string> AddressTypes(Service service)
    {
        if (!service.Spec.IPFamilies.IsEmpty)
        {
            return [.. service.Spec.IPFamilies.Distinct(StringComparer.Ordinal)];
        }

        return ServicePods.IsHeadless(service) ? ["IPv4", IPv6] : [ServicePods.IsIPv6(service.Spec.ClusterIP) ? IPv6 : "IPv4"];
    }

    /// <summary>An empty slice.</summary>
    public static EndpointSlice Make(Service service, string addressType, ImmutableArray<EndpointSlicePort> ports)
    {
        var name = service.Metadata.Name;
        return new()
        {
            Metadata = new()
            {
                GenerateName = NameRules.Subdomain(name[..^1] + "a").Length > 0 ? name : name + "-",
                Namespace = service.Metadata.Namespace,
                Labels = LabelsOf(service),
                OwnerReferences = [ControllerReference.To(service)],
            },
            AddressType = addressType,
            Ports = ports,
        };
    }

    public static StringMap<string> LabelsOf(Service service)
    {
        var labels = WithoutReserved(service.Metadata.Labels).With(ServiceLabel, service.Metadata.Name).With(ManagerLabel, Manager);
        return ServicePods.IsHeadless(service) ? labels.With(HeadlessLabel, "") : labels;
    }

    /// <summary>Whether labels that came from the service are others now.</summary>
    public static bool HaveChanged(StringMap<string> labels, StringMap<string> wanted) => !WithoutReserved(labels).Equals(WithoutReserved(wanted));

    public static ImmutableArray<EndpointSlicePort> PortsOf(Service service, Pod pod)
    {
        var ports = ImmutableArray.CreateBuilder<EndpointSlicePort>();
        foreach (var port in service.Spec.Ports)
        {
            if (ServicePods.PortOf(pod, port) is { } number)
            {
                ports.Add(new() { Name = port.Name, Port = number, Protocol = port.Protocol, AppProtocol = port.AppProtocol });
            }
        }

        return ports.ToImmutable();
    }

    /// <summary>A pod as an endpoint.</summary>
    public static Endpoint EndpointOf(Service service, Pod pod, Node node, string addressType, bool tellsTerminating)
    {
        var isServing = PodPredicates.IsReady(pod);
        var isTerminating = pod.Metadata.DeletionTimestamp is not null;
        return new()
        {
            Addresses = [.. pod.Status.PodIPs.Select(static own => own.IP).Where(address => ServicePods.IsIPv6(address) == (addressType == IPv6))],
            Conditions = new()
            {
                Ready = service.Spec.PublishNotReadyAddresses || (isServing && !isTerminating),
                Serving = tellsTerminating ? isServing : null,
                Terminating = tellsTerminating ? isTerminating : null,
            },
            Hostname = ServicePods.HasHostname(pod, service) ? pod.Spec.Hostname : null,
            NodeName = pod.Spec.NodeName.Length > 0 ? pod.Spec.NodeName : null,
            Zone = node.Metadata.Labels.TryGetValue(ZoneLabel, out var zone) && zone.Length > 0 ? zone : null,
            TargetRef = new() { Kind = "Pod", Namespace = pod.Metadata.Namespace, Name = pod.Metadata.Name, Uid = pod.Metadata.Uid },
        };
    }

    public static bool WantsHints(Service service) =>
        service.Metadata.Annotations.TryGetValue(HintsAnnotation, out var value) && value is "Auto" or "auto";

    public static bool HasHints(EndpointSlice slice) => slice.Endpoints.Any(static endpoint => endpoint.Hints is not null);

    public static EndpointSlice WithoutHints(EndpointSlice slice) =>
        slice with { Endpoints = [.. slice.Endpoints.Select(static endpoint => endpoint with { Hints = null })] };

    private static StringMap<string> WithoutReserved(StringMap<string> labels) => labels.Without(ServiceLabel).Without(ManagerLabel).Without(HeadlessLabel);
}
