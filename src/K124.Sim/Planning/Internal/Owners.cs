using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>Who controls which pods of a cluster.</summary>
/// <remarks>Objects that were written by hand carry no uid; the name decides then.</remarks>
internal sealed class Owners
{
    private const string HashLabel = "pod-template-hash";

    private readonly Cluster _cluster;
    private readonly Dictionary<(string Kind, ObjectKey Owner), List<Pod>> _pods = [];
    private readonly Dictionary<ObjectKey, List<ReplicaSet>> _sets = [];
    private readonly Dictionary<ObjectKey, List<Pod>> _unreadSets = [];
    private readonly Dictionary<string, List<Pod>> _orphans = new(StringComparer.Ordinal);

    /// <summary>Reads who controls whom.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="more">Pods that are not in it yet, and count as well.</param>
    public Owners(Cluster cluster, params IEnumerable<Pod> more)
    {
        _cluster = cluster;
        foreach (var set in cluster.ReplicaSets)
        {
            if (ControllerReference.ControllerOf(set) is { Kind: "Deployment" } owner)
            {
                Add(_sets, new(set.Metadata.Namespace, owner.Name), set);
            }
        }

        foreach (var pod in cluster.Pods.Concat(more))
        {
            if (ControllerReference.ControllerOf(pod) is { } owner)
            {
                Add(pod, owner);
            }
            else
            {
                Add(_orphans, pod.Metadata.Namespace, pod);
            }
        }
    }

    /// <summary>Whether a pod is, or is yet to be, at work.</summary>
    public static bool IsActive(Pod pod) => pod.Status.Phase is not ("Succeeded" or "Failed") && pod.Metadata.DeletionTimestamp is null;

    /// <summary>Whether a reference is to an object, as far as both know.</summary>
    public static bool IsTo(OwnerReference reference, IApiObject owner) => reference.Kind == owner.Kind && reference.Name == owner.Metadata.Name
        && (reference.Uid.Length == 0 || owner.Metadata.Uid.Length == 0 || reference.Uid == owner.Metadata.Uid);

    /// <summary>The pods of a controller, whatever their phase; those of a Deployment are its ReplicaSets'.</summary>
    public IEnumerable<Pod> PodsOf(IApiObject owner) => owner is Deployment deployment
        ? SetsOf(deployment).SelectMany(PodsOf).Concat(_unreadSets.GetValueOrDefault(ObjectKey.Of(owner), []).Where(pod => deployment.Spec.Selector?.Matches(pod.Metadata.Labels) == true))
        : _pods.GetValueOrDefault((owner.Kind, ObjectKey.Of(owner)), []).Where(pod => IsTo(ControllerReference.ControllerOf(pod)!, owner));

    /// <summary>The ReplicaSets of a Deployment.</summary>
    public IEnumerable<ReplicaSet> SetsOf(Deployment deployment) =>
        _sets.GetValueOrDefault(ObjectKey.Of(deployment), []).Where(set => IsTo(ControllerReference.ControllerOf(set)!, deployment));

    /// <summary>The pods of a namespace that nobody controls and a selector selects: the controller that has it makes them its own.</summary>
    public IEnumerable<Pod> OrphansOf(string space, LabelSelector? selector) => selector is null || IsEmpty(selector)
        ? []
        : _orphans.GetValueOrDefault(space, []).Where(pod => selector.Matches(pod.Metadata.Labels));

    private static bool IsEmpty(LabelSelector selector) => selector.MatchLabels.Count == 0 && selector.MatchExpressions.IsEmpty;

    /// <summary>The object that controls another, or null if it is not in the cluster.</summary>
    public IApiObject? ControllerOf(IApiObject item)
    {
        if (ControllerReference.ControllerOf(item) is not { } reference || ApiKind.Find(reference.ApiVersion, reference.Kind) is not { } kind)
        {
            return null;
        }

        return _cluster.Find(kind, new(kind.IsNamespaced ? item.Metadata.Namespace : "", reference.Name)) is { } owner && IsTo(reference, owner) ? owner : null;
    }

    /// <summary>How many pods the controllers of some pods want; null if one of the pods has none that is known.</summary>
    public int? ScaleOf(IEnumerable<Pod> pods)
    {
        var sizes = new Dictionary<ObjectKey, int>();
        foreach (var pod in pods)
        {
            var owner = ControllerOf(pod);
            owner = owner is ReplicaSet ? ControllerOf(owner) ?? owner : owner;
            if (SizeOf(owner) is not { } size)
            {
                return null;
            }

            sizes[new(owner!.Kind, owner.Metadata.Name)] = size;
        }

        return sizes.Values.Sum();
    }

    /// <summary>How many pods a controller wants; null if it gives no number.</summary>
    public static int? SizeOf(IApiObject? owner) => owner switch
    {
        Deployment deployment => deployment.Spec.Replicas ?? 1,
        ReplicaSet set => set.Spec.Replicas ?? 1,
        ReplicationController controller => controller.Spec.Replicas ?? 1,
        StatefulSet set => set.Spec.Replicas ?? 1,
        _ => null,
    };

    private void Add(Pod pod, OwnerReference owner)
    {
        var key = new ObjectKey(pod.Metadata.Namespace, owner.Name);
        Add(_pods, (owner.Kind, key), pod);
        if (owner.Kind == "ReplicaSet" && _cluster.ReplicaSets.Find(key) is null
            && pod.Metadata.Labels.TryGetValue(HashLabel, out var hash) && owner.Name.EndsWith("-" + hash, StringComparison.Ordinal))
        {
            // The ReplicaSet was not read: its name tells the Deployment that made it.
            Add(_unreadSets, new(key.Namespace, owner.Name[..^(hash.Length + 1)]), pod);
        }
    }

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key, TValue value)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        list.Add(value);
    }
}
