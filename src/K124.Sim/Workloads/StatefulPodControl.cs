using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Workloads;

/// <summary>Makes, repairs and deletes pods and claims of a StatefulSet, with its events.</summary>
/// <param name="source">Name under which the events are sent.</param>
/// <param name="set">The set.</param>
/// <param name="cache">Objects as the watches have told them.</param>
/// <param name="api">Connection to the API server.</param>
internal sealed class StatefulPodControl(string source, StatefulSet set, IObjectReader cache, IApiClient api)
{
    private const int Tries = 4;

    /// <summary>Makes a pod and what claims it lacks.</summary>
    public ApiStatus? Create(Pod pod)
    {
        if (CreateClaims(set, pod) is { } refusal)
        {
            Report("create", pod, refusal);
            return refusal;
        }

        var status = api.Create(pod).Status;
        if (!status.IsAlreadyExists())
        {
            Report("create", pod, status);
        }

        return status;
    }

    /// <summary>Gives a pod its identity and its storage back.</summary>
    public ApiStatus? Repair(StatefulSet updateSet, Pod pod)
    {
        ApiStatus? refusal = null;
        for (var i = 0; i < Tries; i++)
        {
            var repaired = StatefulSetPods.HasIdentity(updateSet, pod) ? pod : StatefulSetPods.WithIdentity(updateSet, pod);
            if (!StatefulSetPods.HasStorage(updateSet, repaired))
            {
                repaired = StatefulSetPods.WithStorage(updateSet, repaired);
                if (CreateClaims(updateSet, repaired) is { } claimRefusal)
                {
                    // Both the claims and the update that they were for are reported.
                    Report("update", pod, claimRefusal);
                    Report("update", pod, claimRefusal);
                    return claimRefusal;
                }
            }

            refusal = api.Update(repaired).Status;
            if (!refusal.IsConflict())
            {
                break;
            }

            pod = cache.Get<Pod>(ObjectKey.Of(pod)) ?? pod;
        }

        Report("update", pod, refusal);
        return refusal;
    }

    public ApiStatus? Delete(Pod pod)
    {
        var refusal = api.Delete<Pod>(ObjectKey.Of(pod)).Status;
        Report("delete", pod, refusal);
        return refusal;
    }

    private ApiStatus? CreateClaims(StatefulSet owner, Pod pod)
    {
        var errors = new List<string>();
        foreach (var claim in StatefulSetPods.ClaimsOf(owner, pod))
        {
            if (cache.Get<PersistentVolumeClaim>(ObjectKey.Of(claim)) is { } known)
            {
                if (known.Metadata.DeletionTimestamp is not null)
                {
                    errors.Add($"pvc {claim.Metadata.Name} is being deleted");
                }

                continue;
            }

            var refusal = api.Create(claim).Status;
            if (refusal is not null)
            {
                errors.Add($"failed to create PVC {claim.Metadata.Name}: {refusal.Message}");
            }

            if (!refusal.IsAlreadyExists())
            {
                ReportClaim(claim, pod, refusal);
            }
        }

        return ErrorTexts.Aggregate(errors) is { } error ? new() { Code = 0, Message = error } : null;
    }

    private void Report(string verb, Pod pod, ApiStatus? refusal)
    {
        var what = $"{verb} Pod {pod.Metadata.Name} in StatefulSet {set.Metadata.Name}";
        var reason = char.ToUpperInvariant(verb[0]) + verb[1..];
        api.Record(refusal is null
            ? ApiEvent.Normal(set, "Successful" + reason, $"{what} successful", source)
            : ApiEvent.Warning(set, "Failed" + reason, $"{what} failed error: {refusal.Message}", source));
    }

    private void ReportClaim(PersistentVolumeClaim claim, Pod pod, ApiStatus? refusal)
    {
        var (name, podName, setName) = (claim.Metadata.Name, pod.Metadata.Name, set.Metadata.Name);
        api.Record(refusal is null
            ? ApiEvent.Normal(set, "SuccessfulCreate", $"create Claim {name} Pod {podName} in StatefulSet {setName} success", source)
            : ApiEvent.Warning(set, "FailedCreate", $"create Claim {name} for Pod {podName} in StatefulSet {setName} failed error: {refusal.Message}", source));
    }
}
