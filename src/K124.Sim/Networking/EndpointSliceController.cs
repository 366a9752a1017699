using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Networking;

/// <summary>The controller of EndpointSlices.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/endpointslice.</remarks>
internal sealed class EndpointSliceController : IReconciler
{
    private const string TriggerAnnotation = "endpoints.kubernetes.io/last-change-trigger-time";

    private readonly int _maxEndpoints;
    private readonly FeatureGates _gates;
    private readonly TriggerTimes _times;

    private EndpointSliceController(FeatureGates gates, int maxEndpoints, TriggerTimes times) =>
        (_gates, _maxEndpoints, _times) = (gates, maxEndpoints, times);

    public EndpointSliceController(FeatureGates gates, int maxEndpoints)
        : this(gates, maxEndpoints, new())
    {
    }

    public string Name => "endpoint-slice-controller";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<Service>(), ApiKind.Of<Pod>(), ApiKind.Of<EndpointSlice>()];

    public IReconciler Fork() => new EndpointSliceController(_gates, _maxEndpoints, _times.Fork());

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        switch (change.Object)
        {
            case Service service:
                queue.Add(ObjectKey.Of(service));
                break;
            case Pod pod:
                EndpointsController.ObservePod(change.Type, pod, change.Old as Pod, cache, queue);
                break;
            case EndpointSlice slice when EndpointSlices.IsManaged(slice)
                && slice.Metadata.Labels.TryGetValue(EndpointSlices.ServiceLabel, out var name):
                queue.AddAfter(new(slice.Metadata.Namespace, name), TimeSpan.FromSeconds(1));
                break;
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<Service>(key) is not { } service)
        {
            _times.Forget(key);
            return Reconciliation.Done;
        }

        if (service.Spec.Type == "ExternalName" || service.Spec.Selector is null)
        {
            return Reconciliation.Done;
        }

        Pod[] pods = [.. ServicePods.Of(service, cache)];
        ImmutableArray<EndpointSlice> slices =
        [
            .. cache.List<EndpointSlice>(ObjectIndex.Namespace, key.Namespace).Where(slice =>
                EndpointSlices.IsManaged(slice) && slice.Metadata.DeletionTimestamp is null
                && slice.Metadata.Labels.TryGetValue(EndpointSlices.ServiceLabel, out var name) && name == key.Name),
        ];
        if (Update(service, pods, slices, _times.Look(service, pods), cache, api) is not { } error)
        {
            return Reconciliation.Done;
        }

        api.Record(ApiEvent.Warning(
            service, "FailedToUpdateEndpointSlices", $"Error updating Endpoint Slices for Service {key}: {error}", Name));
        return new(error);
    }

    private string? Update(
        Service service, Pod[] pods, ImmutableArray<EndpointSlice> slices, DateTimeOffset? trigger, IObjectReader cache, IApiClient api)
    {
        var types = EndpointSlices.AddressTypes(service);
        var errors = new List<string>();
        foreach (var type in types)
        {
            var groups = Wanted(service, pods, type, cache, out var problem);
            if (problem is null)
            {
                var plan = new EndpointSlicePlan(service, type, _maxEndpoints);
                plan.Fill([.. slices.Where(slice => slice.AddressType == type)], groups);
                plan.Reuse();
                problem = Carry(service, plan, trigger, api);
            }

            if (problem is not null)
            {
                errors.Add(problem);
            }
        }

        foreach (var slice in slices.Where(slice => !types.Contains(slice.AddressType)))
        {
            if (Delete(service, slice, api) is { } problem)
            {
                errors.Add(problem);
            }
        }

        return ErrorTexts.Aggregate(errors);
    }

    private SortedDictionary<string, EndpointGroup> Wanted(Service service, Pod[] pods, string type, IObjectReader cache, out string? problem)
    {
        problem = null;
        var tellsTerminating = _gates.IsEnabled("EndpointSliceTerminatingCondition");
        var groups = new SortedDictionary<string, EndpointGroup>(StringComparer.Ordinal);
        foreach (var pod in pods.Where(pod => ServicePods.MayServe(pod, service.Spec.PublishNotReadyAddresses || tellsTerminating)))
        {
            var ports = EndpointSlices.PortsOf(service, pod);
            var key = EndpointGroup.KeyOf(ports);
            if (!groups.TryGetValue(key, out var group))
            {
                group = new(ports);
                groups.Add(key, group);
            }

            if (cache.Get<Node>(new("", pod.Spec.NodeName)) is not { } node)
            {
                problem = ApiReasons.NotFound("node", pod.Spec.NodeName).Message;
                return groups;
            }

            var endpoint = EndpointSlices.EndpointOf(service, pod, node, type, tellsTerminating);
            if (!endpoint.Addresses.IsEmpty)
            {
                group.Endpoints[EndpointGroup.IdentityOf(endpoint)] = endpoint;
            }
        }

        return groups;
    }

    private static string? Carry(Service service, EndpointSlicePlan plan, DateTimeOffset? trigger, IApiClient api)
    {
        var key = ObjectKey.Of(service);
        foreach (var slice in service.Metadata.DeletionTimestamp is null ? plan.ToCreate : [])
        {
            if (Send(ApiVerb.Create, slice, trigger, api) is { } refusal)
            {
                return refusal.IsNamespaceTerminating() ? null : $"failed to create EndpointSlice for Service {key}: {refusal.Message}";
            }
        }

        foreach (var slice in plan.ToUpdate)
        {
            if (Send(ApiVerb.Update, slice, trigger, api) is { } refusal)
            {
                return $"failed to update {slice.Metadata.Name} EndpointSlice for Service {key}: {refusal.Message}";
            }
        }

        return plan.ToDelete.Select(slice => Delete(service, slice, api)).FirstOrDefault(static problem => problem is not null);
    }

    private static ApiStatus? Send(ApiVerb verb, EndpointSlice slice, DateTimeOffset? trigger, IApiClient api)
    {
        var annotations = trigger is { } time
            ? slice.Metadata.Annotations.With(TriggerAnnotation, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture))
            : slice.Metadata.Annotations.Without(TriggerAnnotation);
        var marked = slice with { Metadata = slice.Metadata with { Annotations = annotations } };
        return (verb == ApiVerb.Create ? api.Create(marked) : api.Update(marked)).Status;
    }

    private static string? Delete(Service service, EndpointSlice slice, IApiClient api) =>
        api.Delete<EndpointSlice>(ObjectKey.Of(slice)).Status is { } refusal
            ? $"failed to delete {slice.Metadata.Name} EndpointSlice for Service {ObjectKey.Of(service)}: {refusal.Message}"
            : null;
}
