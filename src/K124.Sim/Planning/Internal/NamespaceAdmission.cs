using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.ControlPlane.Serving;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission;
using K124.Sim.Model;
using K124.Sim.Model.Json;

namespace K124.Sim.Planning.Internal;

/// <summary>What the LimitRanges, the quotas and the security level of a namespace do to objects that are to be made in it.</summary>
internal sealed class NamespaceAdmission
{
    private const string SecurityLevel = "pod-security.kubernetes.io/enforce";
    private const string Timeless = "1970-01-01T00:00:00Z";

    private readonly HashSet<string> _governed;
    private readonly ClusterObjects _objects;
    private readonly LimitRanger _limits = new();
    private readonly AdmissionChain _chain = new([new LimitRanger(), new PodSecurityPlugin(), new ResourceQuotaPlugin()]);
    private readonly SeededNames _names = new(0);
    private readonly Dictionary<PodSpec, JsonObject> _trees = new(ReferenceEqualityComparer.Instance);

    public NamespaceAdmission(Cluster cluster)
    {
        _objects = new(cluster);
        _governed =
        [
            .. cluster.Set<LimitRange>().Select(static range => range.Metadata.Namespace),
            .. cluster.Set<ResourceQuota>().Select(static quota => quota.Metadata.Namespace),
            .. cluster.Namespaces.Where(static space => space.Metadata.Labels.ContainsKey(SecurityLevel)).Select(static space => space.Metadata.Name),
        ];
    }

    /// <summary>Whether there is anything in a namespace that may change or refuse an object.</summary>
    public bool Governs(string space) => _governed.Contains(space);

    /// <summary>A spec with the requests and limits of the namespace's LimitRanges.</summary>
    public PodSpec WithLimits(Pod pod)
    {
        if (_objects.List("", "limitranges", pod.Metadata.Namespace).Count == 0)
        {
            return pod.Spec;
        }

        var tree = TreeOf(pod);
        _limits.Mutate(Request(pod, tree));
        var changed = (Pod)KubernetesJson.Deserialize(Encoding.UTF8.GetBytes(tree.ToJsonString()), typeof(Pod), ModelJsonOptions.Shared);
        return changed.Spec;
    }

    /// <summary>Judges an object, and charges it to the quotas if it may be made.</summary>
    /// <returns>Why the API server refuses it; null if it does not.</returns>
    public string? Refusal(IApiObject item)
    {
        if (!Governs(item.Metadata.Namespace))
        {
            return null;
        }

        var request = Request(item, item is Pod pod ? SharedTreeOf(pod) : TreeOf(item));
        if (_chain.Validate(request) is { } refused)
        {
            return refused.Message;
        }

        foreach (var charge in request.Context.QuotaCharges)
        {
            _objects.Charge(charge);
        }

        return null;
    }

    private static ResourceType ResourceOf(IApiObject item) =>
        ResourceTypes.Instance.TryGetKind(item.ApiVersion, item.Kind, out var resource) ? resource : throw new ArgumentException($"There is no resource of kind {item.Kind}.", nameof(item));

    private static JsonObject TreeOf(IApiObject item) => ClusterObjects.TreeOf(item, ResourceOf(item));

    /// <summary>Pods of one template share their spec, and so its form.</summary>
    private JsonObject SharedTreeOf(Pod pod)
    {
        if (!_trees.TryGetValue(pod.Spec, out var tree))
        {
            tree = TreeOf(pod);
            _trees.Add(pod.Spec, tree);
        }

        return tree;
    }

    private AdmissionRequest Request(IApiObject item, JsonObject tree) => new()
    {
        Operation = AdmissionOperation.Create,
        Resource = ResourceOf(item),
        Namespace = item.Metadata.Namespace,
        Name = item.Metadata.Name,
        Object = tree,
        OldObject = null,
        Context = new() { Objects = _objects, Now = Timeless, Names = _names },
    };
}
