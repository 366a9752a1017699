using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Planning.Internal;

/// <summary>What the API server does to a pod before the scheduler sees it, as far as decisions depend on it.</summary>
/// <remarks>Defaulting (Kubernetes 1.24 pkg/apis/core/v1) and the admission plugins LimitRanger, Priority, DefaultTolerationSeconds,
/// RuntimeClass, PodSecurity and ResourceQuota (plugin/pkg/admission). Pods of one template share the outcome.</remarks>
internal sealed class PodAdmission(Cluster cluster)
{
    private const long DefaultTolerationSeconds = 300;

    private readonly Dictionary<(PodSpec Spec, string Namespace), PodSpec> _specs = new(TemplateComparer.Instance);

    /// <summary>What the namespaces of the cluster allow.</summary>
    public NamespaceAdmission Namespaces { get; } = new(cluster);

    /// <summary>Admits a pod.</summary>
    /// <param name="pod">The pod as its author wrote it.</param>
    /// <param name="source">What it comes from, for the error.</param>
    /// <exception cref="ArgumentException">Its classes are missing or contradict it.</exception>
    public Pod Admit(Pod pod, string source)
    {
        var key = (pod.Spec, pod.Metadata.Namespace);
        if (!_specs.TryGetValue(key, out var spec))
        {
            spec = Admitted(pod, source);
            _specs.Add(key, spec);
        }

        return pod with { Spec = spec };
    }

    /// <summary>Judges an admitted pod by the rules of its namespace, and charges it to the quotas if it may be made.</summary>
    /// <returns>Why the API server refuses it; null if it does not.</returns>
    public string? Refusal(Pod pod) => Namespaces.Refusal(pod);

    private PodSpec Admitted(Pod pod, string source)
    {
        pod = WithDefaults(pod);
        if (Namespaces.Governs(pod.Metadata.Namespace))
        {
            pod = pod with { Spec = Namespaces.WithLimits(pod) };
        }

        pod = Require(PriorityAdmission.Create(pod, cluster.PriorityClasses), source);
        pod = pod with { Spec = pod.Spec with { Tolerations = [.. pod.Spec.Tolerations, .. MissingTolerations(pod.Spec)] } };
        return Require(RuntimeClassAdmission.Create(pod, cluster.RuntimeClasses), source).Spec;
    }

    private static Pod WithDefaults(Pod pod) => pod with
    {
        Spec = pod.Spec with
        {
            Containers = [.. pod.Spec.Containers.Select(container => WithDefaults(container, pod.Spec.HostNetwork))],
            InitContainers = [.. pod.Spec.InitContainers.Select(container => WithDefaults(container, pod.Spec.HostNetwork))],
        },
    };

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

    private static Pod Require(AdmissionResult<Pod> result, string source) => result.Object ?? throw new ArgumentException($"{source}: {result.Message}");

    private sealed class TemplateComparer : IEqualityComparer<(PodSpec Spec, string Namespace)>
    {
        public static readonly TemplateComparer Instance = new();

        public bool Equals((PodSpec Spec, string Namespace) x, (PodSpec Spec, string Namespace) y) => ReferenceEquals(x.Spec, y.Spec) && x.Namespace == y.Namespace;

        public int GetHashCode((PodSpec Spec, string Namespace) obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj.Spec);
    }
}
