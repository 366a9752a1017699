using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Workloads;

internal sealed partial class DeploymentSync
{
    private ApiStatus? ScaleAll(ReplicaSets sets)
    {
        List<ReplicaSet> older = [.. sets.Older];
        older.Sort(static (a, b) => DeploymentScaling.OlderFirst(b, a));
        if (DeploymentScaling.ActiveOrLatest(sets.Newest, older) is { } only)
        {
            return ScaleIfOther(only, RollingUpdate.Replicas(_deployment), out _, out _);
        }

        if (DeploymentScaling.IsSaturated(_deployment, sets.Newest))
        {
            return DeploymentScaling.Active(older, newest: null)
                .Select(set => ScaleIfOther(set, 0, out _, out _))
                .FirstOrDefault(static refusal => refusal is not null);
        }

        if (!RollingUpdate.IsRolling(_deployment))
        {
            return null;
        }

        return DeploymentScaling.Proportional(_deployment, sets.Newest, older, out var toAdd)
            .Select(entry => Scale(entry.Set, entry.Size, toAdd > 0, out _, out _))
            .FirstOrDefault(static refusal => refusal is not null);
    }

    /// <summary>Scales a ReplicaSet unless it has the size.</summary>
    private ApiStatus? ScaleIfOther(ReplicaSet set, int size, out bool isScaled, out ReplicaSet updated)
    {
        isScaled = false;
        updated = set;
        var old = set.Spec.Replicas ?? 1;
        return old == size ? null : Scale(set, size, size > old, out isScaled, out updated);
    }

    private ApiStatus? Scale(ReplicaSet set, int size, out ReplicaSet updated) => ScaleIfOther(set, size, out _, out updated);

    /// <summary>Writes size and noted sizes of a ReplicaSet if one of them is another.</summary>
    private ApiStatus? Scale(ReplicaSet set, int size, bool isUp, out bool isScaled, out ReplicaSet updated)
    {
        isScaled = false;
        updated = set;
        var replicas = RollingUpdate.Replicas(_deployment);
        var most = replicas + RollingUpdate.MaxSurge(_deployment);
        var hasOtherSize = (set.Spec.Replicas ?? 1) != size;
        if (!hasOtherSize && DeploymentRevisions.HasSizes(set.Metadata.Annotations, replicas, most))
        {
            return null;
        }

        var result = _api.Update(set with
        {
            Metadata = set.Metadata with { Annotations = DeploymentRevisions.WithSizes(set.Metadata.Annotations, replicas, most) },
            Spec = set.Spec with { Replicas = size },
        });
        if (!result.Succeeded)
        {
            return result.Status;
        }

        updated = result.Value;
        if (hasOtherSize)
        {
            isScaled = true;
            Report("Normal", "ScalingReplicaSet", $"Scaled {(isUp ? "up" : "down")} replica set {set.Metadata.Name} to {size}");
        }

        return null;
    }

    /// <summary>Deletes the oldest ReplicaSets without pods beyond the history's limit.</summary>
    private ApiStatus? CleanUp(ReplicaSets sets)
    {
        if (_deployment.Spec.RevisionHistoryLimit is not { } limit || limit == int.MaxValue)
        {
            return null;
        }

        List<ReplicaSet> kept = [.. sets.Older.Where(static set => set.Metadata.DeletionTimestamp is null)];
        var surplus = kept.Count - limit;
        if (surplus <= 0)
        {
            return null;
        }

        kept.Sort(static (a, b) => DeploymentRevisions.RevisionOf(a) is { } left && DeploymentRevisions.RevisionOf(b) is { } right && left != right
            ? left.CompareTo(right)
            : DeploymentScaling.OlderFirst(a, b));
        foreach (var set in kept.Take(surplus))
        {
            if (set.Status.Replicas != 0 || set.Spec.Replicas != 0 || set.Metadata.Generation > set.Status.ObservedGeneration)
            {
                continue;
            }

            var result = _api.Delete<ReplicaSet>(ObjectKey.Of(set));
            if (!result.Succeeded && !result.Status.IsNotFound())
            {
                return result.Status;
            }
        }

        return null;
    }

    private ApiStatus? RollBack(long revision)
    {
        if (FindReplicaSets(mayCreate: true, out var sets) is { } refusal)
        {
            return refusal;
        }

        const string NotFound = "DeploymentRollbackRevisionNotFound";
        if (revision == 0)
        {
            revision = DeploymentRevisions.SecondHighest(sets.All);
            if (revision == 0)
            {
                Report("Warning", NotFound, "Unable to find last revision.");
                return ClearRollback();
            }
        }

        if (sets.All.FirstOrDefault(set => DeploymentRevisions.RevisionOf(set) == revision) is not { } target)
        {
            Report("Warning", NotFound, "Unable to find the revision to rollback to.");
            return ClearRollback();
        }

        return RollBackTo(target, revision);
    }

    private ApiStatus? RollBackTo(ReplicaSet target, long revision)
    {
        var template = DeploymentRevisions.WithoutHash(target.Spec.Template);
        if (template == DeploymentRevisions.WithoutHash(_deployment.Spec.Template))
        {
            Report(
                "Warning",
                "DeploymentRollbackTemplateUnchanged",
                $"The rollback revision contains the same template as current deployment \"{_deployment.Metadata.Name}\"");
            return ClearRollback();
        }

        var annotations = _deployment.Metadata.Annotations.Where(static entry => DeploymentRevisions.IsReserved(entry.Key))
            .Concat(target.Metadata.Annotations.Where(static entry => !DeploymentRevisions.IsReserved(entry.Key)))
            .ToStringMap();
        _deployment = _deployment with
        {
            Metadata = _deployment.Metadata with { Annotations = annotations },
            Spec = _deployment.Spec with { Template = template },
        };
        var refusal = ClearRollback();
        if (refusal is null)
        {
            Report("Normal", "DeploymentRollback", $"Rolled back deployment \"{_deployment.Metadata.Name}\" to revision {revision}");
        }

        return refusal;
    }

    private ApiStatus? ClearRollback()
    {
        _deployment = _deployment with
        {
            Metadata = _deployment.Metadata with { Annotations = _deployment.Metadata.Annotations.Without(DeploymentRevisions.RollbackTo) },
        };
        return _api.Update(_deployment).Status;
    }
}
