using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Planning.Internal;

/// <summary>What the API server does to a pod before the scheduler sees it, as far as decisions depend on it.</summary>
/// <remarks>Defaulting (Kubernetes 1.24 pkg/apis/core/v1) and the admission plugins Priority, RuntimeClass and
/// DefaultTolerationSeconds (plugin/pkg/admission).</remarks>
internal sealed class PodAdmission(Cluster cluster)
{
    private const long DefaultTolerationSeconds = 300;

    /// <summary>Admits a pod.</summary>
    /// <param name="pod">The pod as its author wrote it.</param>
    /// <param name="source">What it comes from, for the error.</param>
    /// <exception cref="ArgumentException">It would be rejected.</exception>
    public Pod Admit(Pod pod, string source)
    {
        pod = Admitted(PriorityAdmission.Create(pod, cluster.PriorityClasses), source);
        pod = pod with { Spec = pod.Spec with { Tolerations = [.. pod.Spec.Tolerations, .. MissingTolerations(pod.Spec)] } };
        pod = Admitted(RuntimeClassAdmission.Create(pod, cluster.RuntimeClasses), source);
        return pod with
        {
            Spec = pod.Spec with
            {
                Containers = [.. pod.Spec.Containers.Select(container => WithDefaults(container, pod.Spec.HostNetwork))],
                InitContainers = [.. pod.Spec.InitContainers.Select(container => WithDefaults(container, pod.Spec.HostNetwork))],
            },
        };
    }

    private static Container WithDefaults(Container container, bool hostNetwork)
    {
        var requests = container.Resources.Requests;
        foreach (var (name, limit) in container.Resources.Limits)
        {
            requests = requests.ContainsKey(name) ? requests : requests.With(name, limit);
        }

        return container with
        {
            Resources = container.Resources with { Requests = requests },
            Ports = hostNetwork
                ? [.. container.Ports.Select(static port => port.HostPort == 0 ? port with { HostPort = port.Port } : port)]
                : container.Ports,
        };
    }

    private static IEnumerable<Toleration> MissingTolerations(PodSpec spec)
    {
        foreach (var key in (string[])["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"])
        {
            if (!spec.Tolerations.Any(toleration => (toleration.Key == key || toleration.Key.Length == 0) && toleration.Effect is "" or "NoExecute"))
            {
                yield return new() { Key = key, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = DefaultTolerationSeconds };
            }
        }
    }

    private static Pod Admitted(AdmissionResult<Pod> result, string source) => result.Object ?? throw new ArgumentException($"{source}: {result.Message}");
}
