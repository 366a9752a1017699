using K124.Sim.Model;

namespace K124.Sim.Networking.LoadBalancers;

/// <summary>Who gives a Service its load balancer.</summary>
internal static class LoadBalancerOwner
{
    /// <summary>The finalizer that keeps a Service until its load balancer is gone.</summary>
    public const string Finalizer = "service.kubernetes.io/load-balancer-cleanup";

    /// <summary>The type of Services that have a load balancer.</summary>
    public const string ServiceType = "LoadBalancer";

    /// <summary>Whether the cloud's own controller gives it one: a class names somebody else.</summary>
    public static bool IsOfCloud(Service service) => service.Spec.Type == ServiceType && service.Spec.LoadBalancerClass is null;

    /// <summary>Class of whom it waits for; null if it waits for the cloud's own controller, or has no load balancer.</summary>
    public static string? ClassOf(Service service) => service.Spec.Type == ServiceType ? service.Spec.LoadBalancerClass : null;

    /// <summary>Whether the cloud's own controller has to take a load balancer back before the Service can go or change.</summary>
    public static bool NeedsCleanup(Service service) => service.Metadata.Finalizers.Contains(Finalizer)
        && (service.Metadata.DeletionTimestamp is not null || service.Spec.Type != ServiceType);
}
