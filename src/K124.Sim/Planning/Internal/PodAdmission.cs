using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>What the API server does to a pod before the scheduler sees it, as far as decisions depend on it.</summary>
/// <remarks>Defaulting (Kubernetes 1.24 pkg/apis/core/v1) and the admission plugins Priority, RuntimeClass and
/// DefaultTolerationSeconds (plugin/pkg/admission).</remarks>
internal sealed class PodAdmission(Cluster cluster)
{
    private const long DefaultTolerationSeconds = 300;

    private static readonly PriorityClass NodeCritical = new() { Metadata = new() { Name = "system-node-critical" }, Value = 2_000_001_000 };
    private static readonly PriorityClass ClusterCritical = new() { Metadata = new() { Name = "system-cluster-critical" }, Value = 2_000_000_000 };

    // Of several default classes the one with the lowest value counts, as in 1.24; among equals the first by name.
    private readonly PriorityClass? _defaultClass = cluster.PriorityClasses
        .Where(static priorityClass => priorityClass.GlobalDefault)
        .OrderBy(static priorityClass => priorityClass.Value)
        .ThenBy(static priorityClass => priorityClass.Metadata.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>Admits a pod.</summary>
    /// <param name="pod">The pod as its author wrote it.</param>
    /// <param name="source">What it comes from, for the error.</param>
    /// <exception cref="ArgumentException">It would be rejected.</exception>
    public Pod Admit(Pod pod, string source)
    {
        var spec = WithPriority(pod.Spec, source);
        spec = WithRuntimeClass(spec, source);
        return pod with
        {
            Spec = spec with
            {
                Containers = [.. spec.Containers.Select(container => WithDefaults(container, spec.HostNetwork))],
                InitContainers = [.. spec.InitContainers.Select(container => WithDefaults(container, spec.HostNetwork))],
                Tolerations = [.. spec.Tolerations, .. MissingTolerations(spec)],
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

    private PodSpec WithPriority(PodSpec spec, string source)
    {
        var priorityClass = spec.PriorityClassName.Length == 0 ? _defaultClass : Find(spec.PriorityClassName);
        if (priorityClass is null && spec.PriorityClassName.Length > 0)
        {
            throw new ArgumentException($"{source}: no PriorityClass with name {spec.PriorityClassName} was found");
        }

        var priority = priorityClass?.Value ?? 0;
        if (spec.Priority is { } given && given != priority)
        {
            throw new ArgumentException($"{source}: the integer value of priority ({given}) must not be provided in pod spec; "
                + $"priority admission controller computed {priority} from the given PriorityClass name");
        }

        var policy = priorityClass?.PreemptionPolicy ?? "PreemptLowerPriority";
        if (spec.PreemptionPolicy is { } givenPolicy && givenPolicy != policy)
        {
            throw new ArgumentException($"{source}: the string value of PreemptionPolicy ({givenPolicy}) must not be provided in pod spec; "
                + $"priority admission controller computed {policy} from the given PriorityClass name");
        }

        return spec with { Priority = priority, PriorityClassName = priorityClass?.Metadata.Name ?? "", PreemptionPolicy = policy };
    }

    private PriorityClass? Find(string name) => cluster.PriorityClasses.Find(name) ?? name switch
    {
        "system-node-critical" => NodeCritical,
        "system-cluster-critical" => ClusterCritical,
        _ => null,
    };

    private PodSpec WithRuntimeClass(PodSpec spec, string source)
    {
        var runtimeClass = spec.RuntimeClassName is { Length: > 0 } name
            ? cluster.RuntimeClasses.Find(name) ?? throw new ArgumentException($"{source}: pod rejected: RuntimeClass \"{name}\" not found")
            : null;
        var overhead = runtimeClass?.Overhead?.PodFixed ?? StringMap<Quantity>.Empty;
        if (spec.Overhead.Count > 0 && !spec.Overhead.Equals(overhead))
        {
            throw new ArgumentException(overhead.Count == 0
                ? $"{source}: pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead"
                : $"{source}: pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }

        var selector = spec.NodeSelector;
        foreach (var (key, value) in runtimeClass?.Scheduling?.NodeSelector ?? StringMap<string>.Empty)
        {
            if (selector.TryGetValue(key, out var given) && given != value)
            {
                throw new ArgumentException($"{source}: conflict: runtimeClass.scheduling.nodeSelector[{key}] = {value}; pod.spec.nodeSelector[{key}] = {given}");
            }

            selector = selector.With(key, value);
        }

        return spec with
        {
            Overhead = overhead,
            NodeSelector = selector,
            Tolerations = [.. spec.Tolerations, .. runtimeClass?.Scheduling?.Tolerations ?? []],
        };
    }
}
