using System.Globalization;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Workloads;

internal sealed partial class DeploymentSync
{
    /// <summary>Tells new from old, keeps the revisions, and makes the new ReplicaSet if there is none.</summary>
    private ApiStatus? FindReplicaSets(bool mayCreate, out ReplicaSets found)
    {
        var wanted = DeploymentRevisions.WithoutHash(_deployment.Spec.Template);
        var newest = _sets.FirstOrDefault(set => DeploymentRevisions.WithoutHash(set.Spec.Template) == wanted);
        found = new(newest, [.. _sets.Where(set => set.Metadata.Uid != newest?.Metadata.Uid)]);
        var revision = DeploymentRevisions.Highest(found.Older) + 1;
        if (newest is null && !mayCreate)
        {
            return null;
        }

        var refusal = newest is null ? Create(found, revision, out newest) : Adjust(newest, revision, out newest);
        found = found with { Newest = newest };
        return refusal;
    }

    private ApiStatus? Adjust(ReplicaSet set, long revision, out ReplicaSet? adjusted)
    {
        var (annotations, hasChanged) = DeploymentRevisions.CopyInto(set.Metadata.Annotations, _deployment);
        if (DeploymentRevisions.Raise(annotations, revision) is { } raised)
        {
            annotations = raised.Annotations;
            hasChanged |= raised.HasChanged;
        }
        else
        {
            hasChanged = false;
        }

        adjusted = set with { Metadata = set.Metadata with { Annotations = annotations } };
        if (hasChanged || set.Spec.MinReadySeconds != _deployment.Spec.MinReadySeconds)
        {
            var result = _api.Update(adjusted with { Spec = adjusted.Spec with { MinReadySeconds = _deployment.Spec.MinReadySeconds } });
            adjusted = result.Value;
            return result.Status;
        }

        var mustWrite = NoteRevision(annotations.TryGetValue(DeploymentRevisions.Revision, out var text) ? text : "");
        if (DeploymentStatuses.HasProgressDeadline(_deployment)
            && DeploymentConditions.Find(_deployment.Status, DeploymentConditions.Progressing) is null)
        {
            SetProgressing("True", "FoundNewReplicaSet", $"Found new replica set \"{set.Metadata.Name}\"");
            mustWrite = true;
        }

        return mustWrite ? SendStatus() : null;
    }

    private bool NoteRevision(string revision)
    {
        var annotations = _deployment.Metadata.Annotations;
        if ((annotations.TryGetValue(DeploymentRevisions.Revision, out var own) ? own : "") == revision)
        {
            return false;
        }

        _deployment = _deployment with
        {
            Metadata = _deployment.Metadata with { Annotations = annotations.With(DeploymentRevisions.Revision, revision) },
        };
        return true;
    }

    private ApiStatus? Create(ReplicaSets others, long revision, out ReplicaSet? created)
    {
        created = null;
        var size = RollingUpdate.NewReplicaSetSize(_deployment, 0, DeploymentStatuses.Total(others.Older), out var problem);
        if (problem is not null)
        {
            return Failure(problem);
        }

        var wanted = NewReplicaSet(size, revision);
        var result = _api.Create(wanted);
        var isAlreadyThere = result.Status.IsAlreadyExists();
        if (!result.Succeeded)
        {
            created = isAlreadyThere ? OwnNamed(ObjectKey.Of(wanted)) : null;
            if (created is null)
            {
                return Refused(wanted, result.Status);
            }
        }
        else
        {
            created = result.Value;
        }

        if (!isAlreadyThere && size > 0)
        {
            Report("Normal", "ScalingReplicaSet", $"Scaled up replica set {created.Metadata.Name} to {size}");
        }

        var mustWrite = NoteRevision(revision.ToString(CultureInfo.InvariantCulture));
        if (!isAlreadyThere && DeploymentStatuses.HasProgressDeadline(_deployment))
        {
            SetProgressing("True", "NewReplicaSetCreated", $"Created new replica set \"{created.Metadata.Name}\"");
            mustWrite = true;
        }

        return mustWrite ? SendStatus() : null;
    }

    private ReplicaSet NewReplicaSet(int size, long revision)
    {
        var hash = PodTemplateHash.Of(_deployment.Spec.Template, _deployment.Status.CollisionCount);
        var labels = _deployment.Spec.Template.Metadata.Labels.With(DeploymentRevisions.HashLabel, hash);
        var selector = _deployment.Spec.Selector ?? new();
        var replicas = RollingUpdate.Replicas(_deployment);
        var (annotations, _) = DeploymentRevisions.CopyInto(StringMap<string>.Empty, _deployment);
        annotations = DeploymentRevisions.Raise(annotations, revision)?.Annotations ?? annotations;
        return new()
        {
            Metadata = new()
            {
                Name = $"{_deployment.Metadata.Name}-{hash}",
                Namespace = _deployment.Metadata.Namespace,
                OwnerReferences = [ControllerReference.To(_deployment)],
                Labels = labels,
                Annotations = DeploymentRevisions.WithSizes(annotations, replicas, replicas + RollingUpdate.MaxSurge(_deployment)),
            },
            Spec = new()
            {
                Replicas = size,
                MinReadySeconds = _deployment.Spec.MinReadySeconds,
                Selector = selector with { MatchLabels = selector.MatchLabels.With(DeploymentRevisions.HashLabel, hash) },
                Template = _deployment.Spec.Template with { Metadata = _deployment.Spec.Template.Metadata with { Labels = labels } },
            },
        };
    }

    // The cache may not have shown it yet.
    private ReplicaSet? OwnNamed(ObjectKey key) =>
        _cache.Get<ReplicaSet>(key) is { } set
        && ControllerReference.IsControlledBy(set, _deployment.Metadata.Uid)
        && DeploymentRevisions.WithoutHash(set.Spec.Template) == DeploymentRevisions.WithoutHash(_deployment.Spec.Template) ? set : null;

    private ApiStatus Refused(ReplicaSet wanted, ApiStatus refusal)
    {
        if (refusal.IsAlreadyExists())
        {
            if (_cache.Get<ReplicaSet>(ObjectKey.Of(wanted)) is null)
            {
                return ApiReasons.NotFound("replicaset.apps", wanted.Metadata.Name);
            }

            SendStatus(_deployment.Status with { CollisionCount = (_deployment.Status.CollisionCount ?? 0) + 1 });
            return refusal;
        }

        if (refusal.IsNamespaceTerminating())
        {
            return refusal;
        }

        var message = $"Failed to create new replica set \"{wanted.Metadata.Name}\": {refusal.Message}";
        if (DeploymentStatuses.HasProgressDeadline(_deployment))
        {
            SetProgressing("False", "ReplicaSetCreateError", message);
            SendStatus();
        }

        Report("Warning", "ReplicaSetCreateError", message);
        return refusal;
    }
}
