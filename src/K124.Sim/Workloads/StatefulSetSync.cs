using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Pods;

namespace K124.Sim.Workloads;

/// <summary>One sync of one StatefulSet's pods: makes, repairs, deletes and updates, in the set's order.</summary>
internal sealed class StatefulSetSync
{
    private const string RollingUpdateType = "RollingUpdate";

    private readonly StatefulSet _set;
    private readonly StatefulSet _currentSet;
    private readonly StatefulSet _updateSet;
    private readonly string _current;
    private readonly string _update;
    private readonly StatefulPodControl _control;
    private readonly IApiClient _api;
    private readonly string _source;
    private readonly FeatureGates _gates;
    private readonly bool _isMonotonic;
    private readonly Pod[] _replicas;
    private readonly ImmutableArray<Pod> _condemned;
    private readonly Pod? _firstUnhealthy;
    private StatefulSetStatus _status;

    public StatefulSetSync(
        StatefulSet set, StatefulSetRevisions revisions, ImmutableArray<Pod> pods, StatefulPodControl control, IApiClient api, string source, FeatureGates gates)
    {
        _set = set;
        _control = control;
        _api = api;
        _source = source;
        _gates = gates;
        _current = revisions.Current!.Metadata.Name;
        _update = revisions.Update!.Metadata.Name;
        _currentSet = At(set, revisions.Current);
        _updateSet = At(set, revisions.Update);
        _isMonotonic = set.Spec.PodManagementPolicy != "Parallel";
        _status = Count(set, pods, revisions.CollisionCount);

        var count = set.Spec.Replicas ?? 1;
        _replicas = new Pod[count];
        foreach (var pod in pods)
        {
            var ordinal = StatefulSetPods.OrdinalOf(pod);
            if (ordinal >= 0 && ordinal < count)
            {
                _replicas[ordinal] = pod;
            }
        }

        for (var i = 0; i < count; i++)
        {
            _replicas[i] ??= Make(i);
        }

        _condemned = [.. pods.Where(pod => StatefulSetPods.OrdinalOf(pod) >= count).OrderBy(StatefulSetPods.OrdinalOf)];
        _firstUnhealthy = _replicas.Concat(_condemned).FirstOrDefault(static pod => !StatefulSetPods.IsHealthy(pod));
    }

    /// <summary>Whether a pod, and so its claims, was made or tried to be.</summary>
    public bool HasMadePods { get; private set; }

    /// <summary>The status as it is after <see cref="Run"/>.</summary>
    public StatefulSetStatus Status => _status;

    /// <summary>Does what the set's order allows.</summary>
    /// <returns>The refusal; null if there was none.</returns>
    public ApiStatus? Run()
    {
        if (_set.Metadata.DeletionTimestamp is not null)
        {
            return null;
        }

        if (Fill(out var refusal) || Shrink(out refusal))
        {
            return refusal;
        }

        return _set.Spec.UpdateStrategy.Type == "OnDelete" ? null
            : _gates.IsEnabled("MaxUnavailableStatefulSet") ? ReplaceSeveral()
            : ReplaceOne();
    }

    private StatefulSetStatus Count(StatefulSet set, ImmutableArray<Pod> pods, int collisionCount)
    {
        int ready = 0, available = 0, current = 0, updated = 0;
        foreach (var pod in pods)
        {
            if (StatefulSetPods.IsRunningAndReady(pod))
            {
                ready++;
                available += IsAvailable(pod) ? 1 : 0;
            }

            if (StatefulSetPods.IsCreated(pod) && !StatefulSetPods.IsTerminating(pod))
            {
                current += StatefulSetPods.RevisionOf(pod) == _current ? 1 : 0;
                updated += StatefulSetPods.RevisionOf(pod) == _update ? 1 : 0;
            }
        }

        return new()
        {
            ObservedGeneration = set.Metadata.Generation,
            CurrentRevision = _current,
            UpdateRevision = _update,
            CollisionCount = collisionCount,
            Replicas = pods.Length,
            ReadyReplicas = ready,
            AvailableReplicas = available,
            CurrentReplicas = current,
            UpdatedReplicas = updated,
        };
    }

    /// <summary>Goes through the slots upwards.</summary>
    /// <returns>Whether the sync ends here.</returns>
    private bool Fill(out ApiStatus? refusal)
    {
        refusal = null;
        for (var i = 0; i < _replicas.Length; i++)
        {
            if (_replicas[i].Status.Phase == "Failed")
            {
                refusal = Recreate(i);
                if (refusal is not null)
                {
                    return true;
                }
            }

            var pod = _replicas[i];
            if (!StatefulSetPods.IsCreated(pod))
            {
                HasMadePods = true;
                refusal = _control.Create(pod);
                if (refusal is not null)
                {
                    return true;
                }

                Note(pod, 1, countsReplica: true);
                if (_isMonotonic)
                {
                    return true;
                }

                continue;
            }

            if (_isMonotonic && (StatefulSetPods.IsTerminating(pod) || !StatefulSetPods.IsRunningAndReady(pod) || !IsAvailable(pod)))
            {
                return true;
            }

            if (StatefulSetPods.HasIdentity(_set, pod) && StatefulSetPods.HasStorage(_set, pod))
            {
                continue;
            }

            refusal = _control.Repair(_updateSet, pod);
            if (refusal is not null)
            {
                return true;
            }
        }

        return false;
    }

    private ApiStatus? Recreate(int ordinal)
    {
        var pod = _replicas[ordinal];
        _api.Record(ApiEvent.Warning(
            _set, "RecreatingFailedPod", $"StatefulSet {ObjectKey.Of(_set)} is recreating failed Pod {pod.Metadata.Name}", _source));
        if (_control.Delete(pod) is { } refusal)
        {
            return refusal;
        }

        Note(pod, -1, countsReplica: true);
        _replicas[ordinal] = Make(ordinal);
        return null;
    }

    /// <summary>Goes through the pods beyond the wanted number downwards.</summary>
    /// <returns>Whether the sync ends here.</returns>
    private bool Shrink(out ApiStatus? refusal)
    {
        refusal = null;
        foreach (var pod in _condemned.Reverse())
        {
            if (StatefulSetPods.IsTerminating(pod))
            {
                if (_isMonotonic)
                {
                    return true;
                }

                continue;
            }

            if (_isMonotonic && pod != _firstUnhealthy && (!StatefulSetPods.IsRunningAndReady(pod) || !IsAvailable(pod)))
            {
                return true;
            }

            refusal = _control.Delete(pod);
            if (refusal is not null)
            {
                return true;
            }

            Note(pod, -1, countsReplica: false);
            if (_isMonotonic)
            {
                return true;
            }
        }

        return false;
    }

    private ApiStatus? ReplaceOne()
    {
        for (var i = _replicas.Length - 1; i >= Partition; i--)
        {
            if (IsOutdated(_replicas[i]))
            {
                var refusal = _control.Delete(_replicas[i]);
                _status = _status with { CurrentReplicas = _status.CurrentReplicas - 1 };
                return refusal;
            }

            if (!StatefulSetPods.IsHealthy(_replicas[i]))
            {
                break;
            }
        }

        return null;
    }

    private ApiStatus? ReplaceSeveral()
    {
        var most = 1;
        if (_set.Spec.UpdateStrategy.RollingUpdate is { } rolling)
        {
            most = ScaledValue.Of(rolling.MaxUnavailable ?? new(1), _replicas.Length, roundUp: false, out var error);
            if (error is not null)
            {
                return new() { Code = 0, Message = error };
            }

            most = Math.Max(1, most);
        }

        var left = most - _replicas.Count(static pod => !StatefulSetPods.IsHealthy(pod));
        for (var i = _replicas.Length - 1; i >= Partition && left > 0; i--)
        {
            if (!IsOutdated(_replicas[i]))
            {
                continue;
            }

            if (_control.Delete(_replicas[i]) is { } refusal)
            {
                return refusal;
            }

            left--;
            _status = _status with { CurrentReplicas = _status.CurrentReplicas - 1 };
        }

        return null;
    }

    private int Partition => _set.Spec.UpdateStrategy.RollingUpdate?.Partition ?? 0;

    private bool IsOutdated(Pod pod) => StatefulSetPods.RevisionOf(pod) != _update && !StatefulSetPods.IsTerminating(pod);

    private bool IsAvailable(Pod pod) =>
        !_gates.IsEnabled("StatefulSetMinReadySeconds") || PodPredicates.IsAvailable(pod, _set.Spec.MinReadySeconds, _api.Now);

    private Pod Make(int ordinal)
    {
        var strategy = _currentSet.Spec.UpdateStrategy;
        var isCurrent = strategy.RollingUpdate is null
            ? strategy.Type == RollingUpdateType && ordinal < _currentSet.Status.CurrentReplicas
            : ordinal < Partition;
        return isCurrent ? StatefulSetPods.Make(_currentSet, _current, ordinal) : StatefulSetPods.Make(_updateSet, _update, ordinal);
    }

    private void Note(Pod pod, int change, bool countsReplica)
    {
        var revision = StatefulSetPods.RevisionOf(pod);
        _status = _status with
        {
            Replicas = _status.Replicas + (countsReplica ? change : 0),
            CurrentReplicas = _status.CurrentReplicas + (revision == _current ? change : 0),
            UpdatedReplicas = _status.UpdatedReplicas + (revision == _update ? change : 0),
        };
    }

    private static StatefulSet At(StatefulSet set, ControllerRevision revision) => RevisionData.TemplateOf(revision.Data) is { } template
        ? set with { Spec = set.Spec with { Template = template } }
        : set;
}
