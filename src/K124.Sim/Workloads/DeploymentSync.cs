using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Model.Selectors;

namespace K124.Sim.Workloads;

/// <summary>One sync of one Deployment.</summary>
/// <remarks>The Deployment is a copy that is kept through the sync: all writes of its status are made from it, so a second one meets a
/// conflict, as in Kubernetes.</remarks>
internal sealed partial class DeploymentSync
{
    public const string Source = "deployment-controller";

    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(1);

    private readonly IObjectReader _cache;
    private readonly IApiClient _api;
    private readonly IWorkQueue _queue;
    private readonly ImmutableArray<ReplicaSet> _sets;
    private Deployment _deployment;

    private DeploymentSync(Deployment deployment, ImmutableArray<ReplicaSet> sets, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        _deployment = deployment;
        _sets = sets;
        _cache = cache;
        _api = api;
        _queue = queue;
    }

    /// <summary>Brings a Deployment into order.</summary>
    /// <returns>What went wrong; null if nothing.</returns>
    public static ApiStatus? Run(Deployment deployment, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (deployment.Spec.Selector is { MatchLabels.Count: 0, MatchExpressions.Length: 0 })
        {
            new DeploymentSync(deployment, [], cache, api, queue).RefuseToSelectAll();
            return null;
        }

        if (CompiledSelector.TryCompile(deployment.Spec.Selector, out var problem) is not { } selector)
        {
            return Failure($"deployment {ObjectKey.Of(deployment)} has invalid label selector: {problem}");
        }

        var claim = new ControllerClaim<ReplicaSet>(deployment, ApiKind.Of<Deployment>(), set => selector.Matches(set.Metadata.Labels), api);
        var (sets, error) = claim.Claim(ControllerClaim<ReplicaSet>.Candidates(cache, deployment));
        return error is not null
            ? Failure(error)
            : new DeploymentSync(deployment, sets.Sort(DeploymentScaling.OlderFirst), cache, api, queue).Run();
    }

    private static ApiStatus Failure(string message) => new() { Code = 0, Message = message };

    private ApiStatus? Run()
    {
        if (_deployment.Metadata.DeletionTimestamp is not null)
        {
            return FindReplicaSets(mayCreate: false, out var found) ?? WriteStatus(found);
        }

        if (NotePause() is { } refusal)
        {
            return refusal;
        }

        if (_deployment.Spec.Paused)
        {
            return SyncSizes();
        }

        if (DeploymentRevisions.RollbackTarget(_deployment) is { } revision)
        {
            return RollBack(revision);
        }

        refusal = FindReplicaSets(mayCreate: false, out var replicaSets);
        if (refusal is not null)
        {
            return refusal;
        }

        if (IsScaled(replicaSets))
        {
            return SyncSizes();
        }

        return _deployment.Spec.Strategy.Type switch
        {
            "Recreate" => Recreate(),
            RollingUpdate.TypeName => Roll(),
            var other => Failure($"unexpected deployment strategy type: {other}"),
        };
    }

    private void RefuseToSelectAll()
    {
        _api.Record(ApiEvent.Warning(
            _deployment, "SelectingAll", "This deployment is selecting all pods. A non-empty selector is required.", Source));
        if (_deployment.Status.ObservedGeneration < _deployment.Metadata.Generation)
        {
            _deployment = _deployment with { Status = _deployment.Status with { ObservedGeneration = _deployment.Metadata.Generation } };
            SendStatus();
        }
    }

    private ApiStatus? NotePause()
    {
        if (!DeploymentStatuses.HasProgressDeadline(_deployment))
        {
            return null;
        }

        var reason = DeploymentConditions.Find(_deployment.Status, DeploymentConditions.Progressing)?.Reason;
        if (reason == DeploymentConditions.ProgressDeadlineExceeded)
        {
            return null;
        }

        if (_deployment.Spec.Paused && reason != DeploymentConditions.DeploymentPaused)
        {
            SetProgressing("Unknown", DeploymentConditions.DeploymentPaused, "Deployment is paused");
            return SendStatus();
        }

        if (!_deployment.Spec.Paused && reason == DeploymentConditions.DeploymentPaused)
        {
            SetProgressing("Unknown", "DeploymentResumed", "Deployment is resumed");
            return SendStatus();
        }

        return null;
    }

    private bool IsScaled(ReplicaSets sets) => DeploymentScaling.Active(sets.Older, sets.Newest)
        .Any(set => DeploymentRevisions.DesiredReplicas(set) is { } desired && desired != RollingUpdate.Replicas(_deployment));

    private ApiStatus? SyncSizes()
    {
        var refusal = FindReplicaSets(mayCreate: false, out var sets) ?? ScaleAll(sets);
        if (refusal is null && _deployment.Spec.Paused && DeploymentRevisions.RollbackTarget(_deployment) is null)
        {
            refusal = CleanUp(sets);
        }

        return refusal ?? WriteStatus(sets);
    }

    /// <summary>Writes the status by the ReplicaSets, without a word on progress.</summary>
    private ApiStatus? WriteStatus(ReplicaSets sets)
    {
        var status = DeploymentStatuses.Of(_deployment, sets.All, sets.Newest, _api.Now);
        return status == _deployment.Status ? null : SendStatus(status);
    }

    /// <summary>Writes the status by the ReplicaSets, progress included; if it is as it was, comes back at the deadline.</summary>
    private ApiStatus? WriteProgress(ReplicaSets sets)
    {
        var status = DeploymentStatuses.Of(_deployment, sets.All, sets.Newest, _api.Now);
        status = DeploymentStatuses.WithProgress(status, _deployment, sets.All, sets.Newest, _api.Now);
        if (status != _deployment.Status)
        {
            return SendStatus(status);
        }

        ReturnAtDeadline();
        return null;
    }

    private void ReturnAtDeadline()
    {
        if (!DeploymentStatuses.HasProgressDeadline(_deployment)
            || DeploymentConditions.Find(_deployment.Status, DeploymentConditions.Progressing) is not { } condition
            || DeploymentStatuses.IsComplete(_deployment, _deployment.Status)
            || condition.Reason == DeploymentConditions.ProgressDeadlineExceeded)
        {
            return;
        }

        var deadline = (condition.LastUpdateTime ?? DateTimeOffset.MinValue).AddSeconds(_deployment.Spec.ProgressDeadlineSeconds!.Value);
        var left = deadline - _api.Now;
        if (left < ClockSlack && condition.Reason == DeploymentConditions.NewReplicaSetAvailable)
        {
            // A rollout that was complete never times out: 1.24 comes back every 5 ms from here on, each time to no effect.
            return;
        }

        if (left < ClockSlack)
        {
            _queue.AddRateLimited(ObjectKey.Of(_deployment));
        }
        else
        {
            _queue.AddAfter(ObjectKey.Of(_deployment), left + ClockSlack);
        }
    }

    private void SetProgressing(string status, string reason, string message)
    {
        var condition = DeploymentConditions.Make(DeploymentConditions.Progressing, status, reason, message, _api.Now.WholeSeconds());
        _deployment = _deployment with { Status = DeploymentConditions.Set(_deployment.Status, condition) };
    }

    private ApiStatus? SendStatus(DeploymentStatus status)
    {
        _deployment = _deployment with { Status = status };
        return SendStatus();
    }

    private ApiStatus? SendStatus() => _api.UpdateStatus(_deployment).Status;

    private void Report(string type, string reason, string message) =>
        _api.Record(type == "Normal" ? ApiEvent.Normal(_deployment, reason, message, Source) : ApiEvent.Warning(_deployment, reason, message, Source));

    /// <summary>A Deployment's ReplicaSets: the one with its template, and the others.</summary>
    private readonly record struct ReplicaSets(ReplicaSet? Newest, ImmutableArray<ReplicaSet> Older)
    {
        public ImmutableArray<ReplicaSet> All => Newest is null ? Older : Older.Add(Newest);
    }
}
