using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Volumes;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Keeps pods to nodes from which the volumes of their claims can be reached, found or provisioned.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/volumebinding, KEP-1472; scores only with the VolumeCapacityPriority gate (KEP-1845).</remarks>
internal sealed class VolumeBinding(VolumeState volumes, VolumeCapacityScoring? scoring, int index) : IPreFilterPlugin, IFilterPlugin, IScorePlugin
{
    private readonly PluginStatus?[] _conflicts = new PluginStatus?[(int)VolumeConflicts.Error];
    private readonly FindBuffer _buffer = new();

    public string Name => nameof(VolumeBinding);

    public bool TryFollowNode(PodClass pod, int row) => true;

    // Verdicts on claims that wait to be bound are the binder's, of which a fork has its own.
    public bool TryTakeOver(PodClass from, PodClass to) => from.Volumes is null or { IsBound: true };

    public bool TryFollowWorkloads(PodClass pod) => true;

    public PluginReads Reads => PluginReads.NodePods;

    // Verdicts for a shared shape are kept by node, and nodes are touched where one is dropped.
    public PluginReads ReadsFor(PodClass pod) => pod.Volumes?.IsShared == false ? PluginReads.Anything : PluginReads.NodePods;

    public bool IsSettled(PodClass pod) => pod.Volumes is null or { IsBound: true };

    public PreFilterResult PreFilter(PodClass pod) => AttemptFor(pod)?.Rejection is { } rejection ? new(rejection, null) : PreFilterResult.AllNodes;

    public RowFilter? RowFilterFor(PodClass pod) => pod.Volumes is null ? null : new AnyRowFilter(this, pod);

    public bool IsActive(PodClass pod) => AttemptOf(pod) is not null;

    public RowScorer? RowScorerFor(PodClass pod) => scoring is null || pod.Volumes is null ? null : new AnyRowScorer(this, pod);

    public bool TellsApart(PodClass pod) => scoring is not null && AttemptOf(pod) is not null;

    public bool MayFail(PodClass pod) =>
        AttemptOf(pod) is { } attempt
        && !pod.Volumes!.IsShared
        && (Array.Exists(attempt.Claims.Pending, static claim => claim.Request.SelectorError is not null)
            || Array.Exists(attempt.Claims.Bound, static volume => volume.CannotBeTranslated));

    public PluginStatus? Filter(PodClass pod, int row)
    {
        if (AttemptOf(pod) is not { } attempt)
        {
            return null;
        }

        var conflicts = pod.Volumes!.IsShared
            ? ReachConflicts(pod, row) | (attempt.Verdicts?.Of(row) ?? VolumeConflicts.None)
            : volumes.Binder.Find(attempt.Claims, row, _buffer);
        return conflicts switch
        {
            VolumeConflicts.None => null,
            >= VolumeConflicts.Error => new(Name, StatusCode.Error, _buffer.Error!),
            _ => _conflicts[(int)conflicts] ??= new(Name, StatusCode.UnschedulableAndUnresolvable, conflicts.Reasons()),
        };
    }

    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        scores.Clear();
        if (scoring is null || AttemptOf(pod) is not { } attempt)
        {
            return;
        }

        for (var i = 0; i < rows.Length; i++)
        {
            volumes.Binder.Find(attempt.Claims, rows[i], _buffer);
            scores[i] = scoring.Score(_buffer.Bindings);
        }
    }

    private VolumeConflicts ReachConflicts(PodClass pod, int row)
    {
        foreach (var bound in pod.Volumes!.Bound)
        {
            // What may be asked for once only is not remembered.
            if (!(pod.IsFirstUse ? volumes.IsReached(bound.Terms, row) : volumes.Reaches(bound.Terms, row)))
            {
                return VolumeConflicts.NodeAffinity;
            }
        }

        return VolumeConflicts.None;
    }

    private Attempt? AttemptOf(PodClass pod) => pod.Volumes?.HasClaims == true ? (Attempt?)pod.PluginData[index] ?? AttemptFor(pod) : null;

    /// <summary>Looks at the claims as they are now; for a shared shape, brings its verdicts up to date.</summary>
    private Attempt? AttemptFor(PodClass pod)
    {
        if (pod.Volumes?.HasClaims != true)
        {
            return null;
        }

        var attempt = pod.Volumes.IsShared ? SharedAttempt(pod) : OwnAttempt(pod);
        pod.PluginData[index] = attempt;
        return attempt;
    }

    private Attempt SharedAttempt(PodClass pod)
    {
        if (pod.PluginData[index] is not Attempt attempt)
        {
            // The pod that the class was made for may be bound by now: only what its claims asked for can be gone by.
            var claims = ClaimSet.Of(pod.Volumes!.Requests);
            attempt = new(null, claims, claims.Pending.Length == 0 ? null : new(volumes.Binder, claims));
        }

        if (attempt.Verdicts is { } verdicts)
        {
            verdicts.Sync();
            Touch(pod, verdicts);
        }

        return attempt;
    }

    private static void Touch(PodClass pod, SharedVerdicts verdicts)
    {
        if (verdicts.HasDroppedAll)
        {
            pod.Counters!.TouchAll();
        }

        foreach (var row in verdicts.Dropped)
        {
            pod.Counters!.Touch(row);
        }

        verdicts.ClearDropped();
    }

    private Attempt OwnAttempt(PodClass pod)
    {
        var claims = volumes.Binder.GetPodVolumes(pod.Sample);
        return new(
            claims.Error is not null ? new(Name, StatusCode.Error, claims.Error)
            : claims.Rejection is { } rejection ? new(Name, StatusCode.UnschedulableAndUnresolvable, rejection)
            : null,
            volumes.Binder.Resolve(claims),
            null);
    }

    /// <summary>What the plugin keeps for a class.</summary>
    /// <param name="Rejection">An objection to the pod as a whole, or null.</param>
    /// <param name="Claims">The claims, as they were in PreFilter.</param>
    /// <param name="Verdicts">Verdicts by node for the claims of a shared shape that wait to be bound; null if there are none.</param>
    private sealed record Attempt(PluginStatus? Rejection, ClaimSet Claims, SharedVerdicts? Verdicts);
}
