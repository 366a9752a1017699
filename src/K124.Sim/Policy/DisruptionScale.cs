using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Policy;

/// <summary>How many pods the owners of a budget's pods want.</summary>
internal static class DisruptionScale
{
    /// <summary>Adds up the sizes of the pods' owners, each once.</summary>
    /// <param name="pods">The pods.</param>
    /// <param name="cache">Objects as the watches have told them.</param>
    /// <param name="api">The server, for owners that are not watched.</param>
    /// <param name="error">Why it cannot be told; null if it can.</param>
    public static int Of(IEnumerable<Pod> pods, IObjectReader cache, IObjectReader api, out string? error)
    {
        error = null;
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var pod in pods)
        {
            if (ControllerReference.ControllerOf(pod) is not { } owner || sizes.ContainsKey(owner.Uid))
            {
                continue;
            }

            var found = FindWatched(owner, pod.Metadata.Namespace, cache) ?? FindLive(owner, pod.Metadata.Namespace, api, out error);
            if (error is not null)
            {
                return 0;
            }

            if (found is not { } scale)
            {
                error = $"found no controllers for pod \"{pod.Metadata.Name}\"";
                return 0;
            }

            sizes[scale.Uid] = scale.Replicas;
        }

        return sizes.Values.Sum();
    }

    private static (string Uid, int Replicas)? FindWatched(OwnerReference owner, string space, IObjectReader cache)
    {
        var key = new ObjectKey(space, owner.Name);
        var group = ApiResources.GroupOf(owner.ApiVersion);
        switch (owner.Kind)
        {
            case "ReplicationController" when group.Length == 0:
                return cache.Get<ReplicationController>(key) is { } controller && controller.Metadata.Uid == owner.Uid
                    ? (owner.Uid, controller.Spec.Replicas ?? 1)
                    : null;
            case "ReplicaSet" when group is "apps" or "extensions":
                return cache.Get<ReplicaSet>(key) is { } set && set.Metadata.Uid == owner.Uid ? OfReplicaSet(set, cache) : null;
            case "StatefulSet" when group == "apps":
                return cache.Get<StatefulSet>(key) is { } statefulSet && statefulSet.Metadata.Uid == owner.Uid
                    ? (owner.Uid, statefulSet.Spec.Replicas ?? 1)
                    : null;
            default:
                return null;
        }
    }

    private static (string Uid, int Replicas)? OfReplicaSet(ReplicaSet set, IObjectReader cache)
    {
        if (ControllerReference.ControllerOf(set) is not { Kind: "Deployment" } owner)
        {
            return (set.Metadata.Uid, set.Spec.Replicas ?? 1);
        }

        return ApiResources.GroupOf(owner.ApiVersion) is "apps" or "extensions"
            && cache.Get<Deployment>(new(set.Metadata.Namespace, owner.Name)) is { } deployment && deployment.Metadata.Uid == owner.Uid
            ? (deployment.Metadata.Uid, deployment.Spec.Replicas ?? 1)
            : null;
    }

    // Any kind with a scale can own pods; the built-in ones are asked for theirs.
    private static (string Uid, int Replicas)? FindLive(OwnerReference owner, string space, IObjectReader api, out string? error)
    {
        error = null;
        if (ApiKind.Find(owner.ApiVersion, owner.Kind) is not { } kind)
        {
            error = $"no matches for kind \"{owner.Kind}\" in version \"{owner.ApiVersion}\"";
            return null;
        }

        var live = api.Get(kind, new(kind.IsNamespaced ? space : "", owner.Name));
        int? replicas = live switch
        {
            ReplicationController controller => controller.Spec.Replicas ?? 1,
            ReplicaSet set => set.Spec.Replicas ?? 1,
            Deployment deployment => deployment.Spec.Replicas ?? 1,
            StatefulSet set => set.Spec.Replicas ?? 1,
            _ => null,
        };
        if (replicas is null)
        {
            error = $"{ApiResources.GroupResourceOf(kind)} does not implement the scale subresource";
            return null;
        }

        return live!.Metadata.Uid == owner.Uid ? (owner.Uid, replicas.Value) : null;
    }
}
