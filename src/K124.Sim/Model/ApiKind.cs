using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>A kind of the Kubernetes API that the library models.</summary>
public abstract class ApiKind
{
    private protected ApiKind(string kind, bool isNamespaced, ImmutableArray<string> apiVersions)
    {
        Kind = kind;
        IsNamespaced = isNamespaced;
        ApiVersions = apiVersions;
    }

    /// <summary>Every kind that the library models.</summary>
    public static ImmutableArray<ApiKind> All { get; } =
    [
        new ApiKind<Node>("Node", false, ["v1"]),
        new ApiKind<Namespace>("Namespace", false, ["v1"]),
        new ApiKind<Pod>("Pod", true, ["v1"]),
        new ApiKind<Service>("Service", true, ["v1"]),
        new ApiKind<ReplicationController>("ReplicationController", true, ["v1"]),
        new ApiKind<ReplicaSet>("ReplicaSet", true, ["apps/v1"]),
        new ApiKind<Deployment>("Deployment", true, ["apps/v1"]),
        new ApiKind<StatefulSet>("StatefulSet", true, ["apps/v1"]),
        new ApiKind<DaemonSet>("DaemonSet", true, ["apps/v1"]),
        new ApiKind<Job>("Job", true, ["batch/v1"]),
        new ApiKind<CronJob>("CronJob", true, ["batch/v1", "batch/v1beta1"]),
        new ApiKind<PriorityClass>("PriorityClass", false, ["scheduling.k8s.io/v1"]),
        new ApiKind<PodDisruptionBudget>("PodDisruptionBudget", true, ["policy/v1", "policy/v1beta1"]),
        new ApiKind<RuntimeClass>("RuntimeClass", false, ["node.k8s.io/v1", "node.k8s.io/v1beta1"]),
        new ApiKind<PersistentVolume>("PersistentVolume", false, ["v1"]),
        new ApiKind<PersistentVolumeClaim>("PersistentVolumeClaim", true, ["v1"]),
        new ApiKind<StorageClass>("StorageClass", false, ["storage.k8s.io/v1"]),
        new ApiKind<CSIDriver>("CSIDriver", false, ["storage.k8s.io/v1"]),
        new ApiKind<CSINode>("CSINode", false, ["storage.k8s.io/v1"]),
        new ApiKind<CSIStorageCapacity>("CSIStorageCapacity", true, ["storage.k8s.io/v1", "storage.k8s.io/v1beta1"]),
        new ApiKind<VolumeAttachment>("VolumeAttachment", false, ["storage.k8s.io/v1"]),
        new ApiKind<Endpoints>("Endpoints", true, ["v1"]),
        new ApiKind<EndpointSlice>("EndpointSlice", true, ["discovery.k8s.io/v1", "discovery.k8s.io/v1beta1"]),
        new ApiKind<ControllerRevision>("ControllerRevision", true, ["apps/v1"]),
        new ApiKind<HorizontalPodAutoscaler>("HorizontalPodAutoscaler", true, ["autoscaling/v2"]),
        new ApiKind<ResourceQuota>("ResourceQuota", true, ["v1"]),
        new ApiKind<LimitRange>("LimitRange", true, ["v1"]),
        new ApiKind<ServiceAccount>("ServiceAccount", true, ["v1"]),
        new ApiKind<ConfigMap>("ConfigMap", true, ["v1"]),
        new ApiKind<Secret>("Secret", true, ["v1"]),
        new ApiKind<CertificateSigningRequest>("CertificateSigningRequest", false, ["certificates.k8s.io/v1"]),
        new ApiKind<Lease>("Lease", true, ["coordination.k8s.io/v1"]),
        new ApiKind<Event>("Event", true, ["v1"]),
    ];

    /// <summary>Name of the kind, for example <c>Pod</c>.</summary>
    public string Kind { get; }

    /// <summary>Whether objects of the kind live in a namespace.</summary>
    public bool IsNamespaced { get; }

    /// <summary>API versions that 1.24 serves the kind in, the preferred one first.</summary>
    public ImmutableArray<string> ApiVersions { get; }

    /// <summary>Type of the record.</summary>
    public abstract Type Type { get; }

    internal abstract ObjectSet CreateSet();

    /// <summary>Finds a kind by what an object says of itself.</summary>
    /// <param name="apiVersion">API version, for example <c>apps/v1</c>.</param>
    /// <param name="kind">Kind, for example <c>Deployment</c>.</param>
    /// <returns>The kind, or null if the library does not model it.</returns>
    public static ApiKind? Find(string apiVersion, string kind)
    {
        foreach (var candidate in All)
        {
            if (candidate.Kind == kind && candidate.ApiVersions.Contains(apiVersion))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>The kind of a record type.</summary>
    /// <typeparam name="T">Type of the record.</typeparam>
    /// <returns>The kind.</returns>
    /// <exception cref="ArgumentException">The type is not a kind that the library models.</exception>
    public static ApiKind Of<T>()
        where T : class, IApiObject => All[IndexOf<T>()];

    /// <summary>The kind of an object.</summary>
    /// <param name="item">The object.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="ArgumentException">The object's type is not a kind that the library models.</exception>
    public static ApiKind Of(IApiObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return All[IndexOf(item.GetType())];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{ApiVersions[0]} {Kind}";

    internal static int IndexOf<T>()
        where T : class, IApiObject => IndexOfKind<T>.Value;

    internal static int IndexOf(Type type)
    {
        for (var i = 0; i < All.Length; i++)
        {
            if (All[i].Type == type)
            {
                return i;
            }
        }

        throw new ArgumentException($"{type.Name} is not a kind that the library models.", nameof(type));
    }

    private static class IndexOfKind<T>
    {
        public static readonly int Value = IndexOf(typeof(T));
    }
}

/// <summary>The kind of one record type.</summary>
/// <typeparam name="T">Type of the record.</typeparam>
internal sealed class ApiKind<T>(string kind, bool isNamespaced, ImmutableArray<string> apiVersions) : ApiKind(kind, isNamespaced, apiVersions)
    where T : class, IApiObject
{
    public override Type Type => typeof(T);

    internal override ObjectSet CreateSet() => ObjectSet<T>.Empty;
}
