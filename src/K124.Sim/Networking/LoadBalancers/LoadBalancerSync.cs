using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Networking.LoadBalancers;

/// <summary>One sync of a Service by the cloud's controller: what it asked of the cloud and what it writes.</summary>
/// <remarks>Kubernetes 1.24 cloud-provider/controllers/service.</remarks>
internal sealed class LoadBalancerSync
{
    private readonly List<(string Type, string Reason, string Message)> _events = [];

    private LoadBalancerSync(Service service)
    {
        Finalizers = service.Metadata.Finalizers;
        Ingress = service.Status?.LoadBalancer?.Ingress ?? [];
    }

    /// <summary>Events, in their order.</summary>
    public IReadOnlyList<(string Type, string Reason, string Message)> Events => _events;

    /// <summary>The finalizers afterwards.</summary>
    public ImmutableArray<string> Finalizers { get; private set; }

    /// <summary>The addresses afterwards.</summary>
    public ImmutableArray<LoadBalancerIngress> Ingress { get; private set; }

    /// <summary>Whether the finalizers are written: a write of their own, before the addresses.</summary>
    public bool WritesFinalizers { get; private set; }

    /// <summary>Whether the addresses are written.</summary>
    public bool WritesIngress { get; private set; }

    /// <summary>Why it is tried again; null if it is not.</summary>
    public string? Error { get; private set; }

    /// <summary>Whether the controller goes on knowing the Service: it forgets what it has cleaned up.</summary>
    public bool IsKept { get; private set; }

    /// <summary>Syncs a Service.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="nodeCount">Nodes that can take its traffic.</param>
    /// <param name="cloud">The cloud.</param>
    public static LoadBalancerSync Run(Service service, int nodeCount, ICloudLoadBalancers cloud)
    {
        var sync = new LoadBalancerSync(service);
        var isWanted = LoadBalancerOwner.IsOfCloud(service) && !LoadBalancerOwner.NeedsCleanup(service);
        sync.Error = isWanted ? sync.Ensure(service, nodeCount, cloud) : sync.Delete(service, cloud);
        sync.IsKept = isWanted || sync.Error is not null;
        if (sync.Error is { } error)
        {
            sync.Tell("Warning", "SyncLoadBalancerFailed", $"Error syncing load balancer: {error}");
        }

        return sync;
    }

    private string? Ensure(Service service, int nodeCount, ICloudLoadBalancers cloud)
    {
        Tell("Normal", "EnsuringLoadBalancer", "Ensuring load balancer");
        if (!Finalizers.Contains(LoadBalancerOwner.Finalizer))
        {
            (Finalizers, WritesFinalizers) = (Finalizers.Add(LoadBalancerOwner.Finalizer), true);
        }

        if (nodeCount == 0)
        {
            Tell("Warning", "UnAvailableLoadBalancer", "There are no available nodes for LoadBalancer");
        }

        var reply = cloud.Ensure(service, nodeCount, out var ingress);
        if (!reply.Succeeded)
        {
            return reply.Error is null ? null : $"failed to ensure load balancer: {reply.Error}";
        }

        Tell("Normal", "EnsuredLoadBalancer", "Ensured load balancer");
        SetIngress(ingress);
        return null;
    }

    private string? Delete(Service service, ICloudLoadBalancers cloud)
    {
        if (cloud.Find(service, out var exists).Error is { } error)
        {
            return $"failed to check if load balancer exists before cleanup: {error}";
        }

        if (exists)
        {
            Tell("Normal", "DeletingLoadBalancer", "Deleting load balancer");
            if (cloud.Delete(service).Error is { } fault)
            {
                return $"failed to delete load balancer: {fault}";
            }
        }

        if (Finalizers.Contains(LoadBalancerOwner.Finalizer))
        {
            (Finalizers, WritesFinalizers) = (Finalizers.Remove(LoadBalancerOwner.Finalizer), true);
        }

        Tell("Normal", "DeletedLoadBalancer", "Deleted load balancer");
        SetIngress([]);
        return null;
    }

    private void SetIngress(ImmutableArray<LoadBalancerIngress> ingress)
    {
        WritesIngress = !ingress.SequenceEqual(Ingress);
        Ingress = ingress;
    }

    private void Tell(string type, string reason, string message) => _events.Add((type, reason, message));
}
