using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Networking.LoadBalancers;

/// <summary>The cloud's controller of Services, over a cloud that gives addresses by plan.</summary>
/// <remarks>Kubernetes 1.24 cloud-provider/controllers/service.</remarks>
internal sealed class LoadBalancerController : IReconciler
{
    private const string Excluded = "node.kubernetes.io/exclude-from-external-load-balancers";
    private const string Leaving = "ToBeDeletedByClusterAutoscaler";

    private readonly PlannedCloud _cloud;
    private readonly HashSet<ObjectKey> _known;

    public LoadBalancerController(Func<Service, LoadBalancerPlan?> plan)
        : this(new(plan), [])
    {
    }

    private LoadBalancerController(PlannedCloud cloud, HashSet<ObjectKey> known) => (_cloud, _known) = (cloud, known);

    public string Name => "service-controller";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<Service>(), ApiKind.Of<Node>()];

    public IReconciler Fork() => new LoadBalancerController(_cloud.Fork(), [.. _known]);

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change.Object is not Service service)
        {
            return;
        }

        var key = ObjectKey.Of(service);
        if (change.Type == ChangeType.Deleted)
        {
            _known.Remove(key);
            return;
        }

        var concerns = change.Old is Service old ? LoadBalancerChange.Between(old, service).NeedsUpdate : LoadBalancerOwner.IsOfCloud(service);
        if (concerns || LoadBalancerOwner.NeedsCleanup(service))
        {
            queue.Add(key);
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<Service>(key) is not { } service || (!LoadBalancerOwner.IsOfCloud(service) && !LoadBalancerOwner.NeedsCleanup(service) && !_known.Contains(key)))
        {
            return default;
        }

        _cloud.Now = api.Now;
        if (!LoadBalancerOwner.NeedsCleanup(service) && _cloud.Wait(service) is var wait && wait > TimeSpan.Zero)
        {
            return new(RequeueAfter: wait);
        }

        var sync = LoadBalancerSync.Run(service, cache.List<Node>().Count(TakesTraffic), _cloud);
        foreach (var (type, reason, message) in sync.Events)
        {
            api.Record(type == "Warning" ? ApiEvent.Warning(service, reason, message, Name) : ApiEvent.Normal(service, reason, message, Name));
        }

        if (sync.IsKept)
        {
            _known.Add(key);
        }
        else
        {
            _known.Remove(key);
        }

        return new(Write(service, sync, api) ?? sync.Error);
    }

    private static string? Write(Service service, LoadBalancerSync sync, IApiClient api)
    {
        // An object that is being deleted is gone with its last finalizer: its addresses go first.
        var written = service;
        if (sync.WritesIngress)
        {
            var status = (service.Status ?? new()) with { LoadBalancer = new() { Ingress = sync.Ingress } };
            var result = api.UpdateStatus(service with { Status = status });
            if (!result.Succeeded)
            {
                return result.Status.Message;
            }

            written = result.Value;
        }

        if (!sync.WritesFinalizers)
        {
            return null;
        }

        return api.Update(written with { Metadata = written.Metadata with { Finalizers = sync.Finalizers } }).Status?.Message;
    }

    private static bool TakesTraffic(Node node) =>
        !node.Metadata.Labels.ContainsKey(Excluded)
        && !node.Spec.Taints.Any(static taint => taint.Key == Leaving)
        && node.Status?.Conditions.Any(static condition => condition is { Type: "Ready", Status: "True" }) == true;
}
