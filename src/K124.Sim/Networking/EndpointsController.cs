using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Networking;

/// <summary>The controller of Endpoints.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/endpoint.</remarks>
internal sealed class EndpointsController : IReconciler
{
    private const int MostAddresses = 1000;
    private const string TriggerAnnotation = "endpoints.kubernetes.io/last-change-trigger-time";
    private const string CapacityAnnotation = "endpoints.kubernetes.io/over-capacity";
    private const string Truncated = "truncated";
    private const string HeadlessLabel = "service.kubernetes.io/headless";

    private readonly TriggerTimes _times;

    private EndpointsController(TriggerTimes times) => _times = times;

    public EndpointsController()
        : this(new())
    {
    }

    public string Name => "endpoint-controller";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<Service>(), ApiKind.Of<Pod>(), ApiKind.Of<Endpoints>()];

    public IReconciler Fork() => new EndpointsController(_times.Fork());

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        switch (change.Object)
        {
            case Service service:
                queue.Add(ObjectKey.Of(service));
                break;
            case Endpoints when change.Type == ChangeType.Deleted || change.Old is null:
                queue.Add(ObjectKey.Of(change.Object));
                break;
            case Pod pod:
                ObservePod(change.Type, pod, change.Old as Pod, cache, queue);
                break;
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<Service>(key) is not { } service)
        {
            _times.Forget(key);
            var status = api.Delete<Endpoints>(key).Status;
            return new(status.IsNotFound() ? null : status?.Message);
        }

        if (service.Spec.Selector is null)
        {
            return Reconciliation.Done;
        }

        Pod[] pods = [.. ServicePods.Of(service, cache)];
        var current = cache.Get<Endpoints>(key);
        var wanted = Wanted(service, pods, current, _times.Look(service, pods));
        return wanted is null ? Reconciliation.Done : new(Write(service, wanted, current is null, api));
    }

    /// <summary>Files the services that a changed pod stands behind.</summary>
    internal static void ObservePod(ChangeType type, Pod pod, Pod? old, IObjectReader cache, IWorkQueue queue)
    {
        if (type != ChangeType.Modified || HasChanged(old!, pod))
        {
            Wake(pod, old, cache, queue);
        }
    }

    /// <summary>The Endpoints of a service; null if they are as they are.</summary>
    internal static Endpoints? Wanted(Service service, IEnumerable<Pod> pods, Endpoints? current, DateTimeOffset? trigger)
    {
        var subsets = EndpointSubsets.Pack(pods.SelectMany(pod => Offers(service, pod)));
        var labels = service.Metadata.Labels;
        if (current is not null
            && EndpointSubsets.WithoutVersions(current.Subsets).AsSpan().SequenceEqual(EndpointSubsets.WithoutVersions(subsets).AsSpan())
            && current.Metadata.Labels.Without(HeadlessLabel).Equals(labels)
            && HasRightCapacity(current))
        {
            return null;
        }

        var annotations = current?.Metadata.Annotations ?? StringMap<string>.Empty;
        annotations = trigger is { } time
            ? annotations.With(TriggerAnnotation, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture))
            : annotations.Without(TriggerAnnotation);
        var isTooMuch = EndpointSubsets.Count(subsets) > MostAddresses;
        annotations = isTooMuch ? annotations.With(CapacityAnnotation, Truncated) : annotations.Without(CapacityAnnotation);
        return new()
        {
            Metadata = (current?.Metadata ?? new() { Name = service.Metadata.Name }) with
            {
                Annotations = annotations,
                Labels = ServicePods.IsHeadless(service) ? labels.With(HeadlessLabel, "") : labels.Without(HeadlessLabel),
            },
            Subsets = isTooMuch ? EndpointSubsets.Truncate(subsets, MostAddresses) : subsets,
        };
    }

    private static IEnumerable<(EndpointAddress Address, bool IsReady, EndpointPort? Port)> Offers(Service service, Pod pod)
    {
        var publishesAll = service.Spec.PublishNotReadyAddresses;
        if (!ServicePods.MayServe(pod, publishesAll) || AddressOf(service, pod) is not { } ip)
        {
            yield break;
        }

        var address = new EndpointAddress
        {
            IP = ip,
            Hostname = ServicePods.HasHostname(pod, service) ? pod.Spec.Hostname : "",
            NodeName = pod.Spec.NodeName,
            TargetRef = new() { Kind = "Pod", Namespace = pod.Metadata.Namespace, Name = pod.Metadata.Name, Uid = pod.Metadata.Uid },
        };
        var isReady = publishesAll || PodPredicates.IsReady(pod);
        if (service.Spec.Ports.IsEmpty && service.Spec.ClusterIP == "None")
        {
            yield return (address, isReady, null);
        }

        foreach (var port in service.Spec.Ports)
        {
            if (ServicePods.PortOf(pod, port) is { } number)
            {
                yield return (address, isReady, new() { Name = port.Name, Port = number, Protocol = port.Protocol, AppProtocol = port.AppProtocol });
            }
        }
    }

    private static string? AddressOf(Service service, Pod pod)
    {
        if (service.Spec.IPFamilies.IsEmpty && ServicePods.IsHeadless(service))
        {
            return pod.Status.PodIP;
        }

        var isIPv6 = service.Spec.IPFamilies.IsEmpty ? ServicePods.IsIPv6(service.Spec.ClusterIP) : service.Spec.IPFamilies[0] == "IPv6";
        return pod.Status.PodIPs.FirstOrDefault(own => ServicePods.IsIPv6(own.IP) == isIPv6)?.IP;
    }

    private static bool HasRightCapacity(Endpoints endpoints)
    {
        var isMarked = endpoints.Metadata.Annotations.TryGetValue(CapacityAnnotation, out var value);
        return EndpointSubsets.Count(endpoints.Subsets) > MostAddresses ? isMarked && value == Truncated : !isMarked;
    }

    private string? Write(Service service, Endpoints wanted, bool isNew, IApiClient api)
    {
        var key = ObjectKey.Of(service);
        var refusal = api.Write(new()
        {
            Verb = isNew ? ApiVerb.Create : ApiVerb.Update,
            Kind = ApiKind.Of<Endpoints>(),
            Key = key,
            Object = wanted,
        }).Status;
        if (refusal is not null)
        {
            api.Record(isNew
                ? ApiEvent.Warning(wanted, "FailedToCreateEndpoint", $"Failed to create endpoint for service {key}: {refusal.Message}", Name)
                : ApiEvent.Warning(wanted, "FailedToUpdateEndpoint", $"Failed to update endpoint {key}: {refusal.Message}", Name));
        }

        return refusal?.Message;
    }

    private static void Wake(Pod pod, Pod? old, IObjectReader cache, IWorkQueue queue)
    {
        foreach (var service in cache.List<Service>(ObjectIndex.Namespace, pod.Metadata.Namespace))
        {
            if (service.Spec.Selector is { } selector
                && (ServicePods.Selects(selector, pod.Metadata.Labels) || (old is not null && ServicePods.Selects(selector, old.Metadata.Labels))))
            {
                queue.Add(ObjectKey.Of(service));
            }
        }
    }

    private static bool HasChanged(Pod old, Pod pod) =>
        old.Metadata.ResourceVersion != pod.Metadata.ResourceVersion
        && (!old.Metadata.Labels.Equals(pod.Metadata.Labels)
            || old.Spec.Hostname != pod.Spec.Hostname || old.Spec.Subdomain != pod.Spec.Subdomain
            || (old.Metadata.DeletionTimestamp is null) != (pod.Metadata.DeletionTimestamp is null)
            || old.Spec.NodeName != pod.Spec.NodeName
            || PodPredicates.IsReady(old) != PodPredicates.IsReady(pod)
            || PodPredicates.IsTerminal(old) != PodPredicates.IsTerminal(pod)
            || !old.Status.PodIPs.AsSpan().SequenceEqual(pod.Status.PodIPs.AsSpan()));
}
