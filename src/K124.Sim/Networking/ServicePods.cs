using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Networking;

/// <summary>Which pods stand behind a service, and under which ports.</summary>
internal static class ServicePods
{
    /// <summary>The pods that a service selects; none if it has no selector.</summary>
    public static IEnumerable<Pod> Of(Service service, IObjectReader cache) => service.Spec.Selector is not { } selector
        ? []
        : cache.List<Pod>(ObjectIndex.Namespace, service.Metadata.Namespace).Where(pod => Selects(selector, pod.Metadata.Labels));

    public static bool Selects(StringMap<string> selector, StringMap<string> labels)
    {
        foreach (var (key, value) in selector.Entries)
        {
            if (!labels.TryGetValue(key, out var own) || own != value)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a pod can be an endpoint at all.</summary>
    public static bool MayServe(Pod pod, bool evenTerminating) =>
        !PodPredicates.IsTerminal(pod)
        && (pod.Status.PodIP.Length > 0 || !pod.Status.PodIPs.IsEmpty)
        && (evenTerminating || pod.Metadata.DeletionTimestamp is null);

    /// <summary>Whether a pod has a name of its own under the service.</summary>
    public static bool HasHostname(Pod pod, Service service) =>
        pod.Spec.Hostname.Length > 0 && pod.Spec.Subdomain == service.Metadata.Name && pod.Metadata.Namespace == service.Metadata.Namespace;

    /// <summary>The number of a service's port on a pod; null if the pod has no port of that name.</summary>
    public static int? PortOf(Pod pod, ServicePort port)
    {
        if (port.TargetPort?.Text is not { } name)
        {
            return port.TargetPort?.Number ?? 0;
        }

        foreach (var container in pod.Spec.Containers)
        {
            foreach (var own in container.Ports)
            {
                if (own.Name == name && own.Protocol == port.Protocol)
                {
                    return own.Port;
                }
            }
        }

        return null;
    }

    public static bool IsHeadless(Service service) => service.Spec.ClusterIP is "" or "None";

    public static bool IsIPv6(string address) => address.Contains(':', StringComparison.Ordinal);
}
