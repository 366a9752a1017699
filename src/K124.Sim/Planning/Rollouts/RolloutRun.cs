using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Planning.Rollouts;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>One simulated rollout, watched from one instant to the next.</summary>
internal sealed class RolloutRun
{
    private static readonly TimeSpan SettleTime = TimeSpan.FromHours(1);

    private readonly ControlPlane _plane;
    private readonly RolloutOptions _options;
    private readonly ImmutableArray<IApiObject> _changes;
    private readonly List<RolloutMoment> _moments = [];
    private readonly Dictionary<ObjectKey, RolloutBudget> _budgets = [];
    private readonly List<(ObjectKey Key, ApiStatus Refusal)> _refusals = [];
    private ImmutableArray<(ApiKind Kind, ObjectKey Key)> _workloads = [];
    private DateTimeOffset _start;

    public RolloutRun(Cluster cluster, ImmutableArray<IApiObject> changes, RolloutOptions options)
    {
        _options = options;
        _changes = changes;
        _plane = new(cluster, new()
        {
            Scheduler = options.Scheduler,
            Kubelet = new() { Plan = pod => PlanOf(pod, options) },
        });
    }

    public RolloutPlan Run(CancellationToken cancellationToken)
    {
        _plane.RunUntilQuiet(SettleTime, null, cancellationToken);
        _start = _plane.Now;
        var firstEntry = _plane.Timeline.LongCount();
        Apply();
        var complete = Watch(cancellationToken);
        var timeline = _plane.Timeline.Skip((int)firstEntry).ToArray();
        var last = _moments[^1];
        return new()
        {
            Start = _start,
            Duration = complete,
            Simulated = _plane.Now - _start,
            Workloads = last.Workloads,
            Moments = [.. _moments],
            PeakPods = _moments.Max(static moment => moment.Pods),
            PeakNodes = _moments.Max(static moment => moment.Nodes),
            MissingNodes = 0,
            Blocks = RolloutBlocks.Of(_plane, _workloads, timeline),
            Budgets = [.. _budgets.Values.OrderBy(static budget => budget.Key)],
            Events = [.. timeline.Where(static entry => entry.Event is not null)],
            Refusals = [.. _refusals],
        };
    }

    private static Pods.PodPlan PlanOf(Pod pod, RolloutOptions options) => pod.Spec.RestartPolicy is "Never" or "OnFailure"
        ? new() { FinishAfter = TimeSpan.FromSeconds(1), Outcome = "Succeeded" }
        : new() { ReadyAfter = options.ReadyAfter, TerminateAfter = options.StopAfter };

    private void Apply()
    {
        foreach (var space in _changes.Select(static item => item.Metadata.Namespace).Where(static name => name.Length > 0).Distinct(StringComparer.Ordinal))
        {
            if (_plane.Get<Namespace>(new("", space)) is null)
            {
                _plane.Create(new Namespace { Metadata = new() { Name = space } });
            }
        }

        foreach (var item in _changes)
        {
            if (_plane.Apply(item).Status is { } refusal)
            {
                _refusals.Add((ObjectKey.Of(item), refusal));
            }
        }

        _workloads = [.. _changes.Where(RolloutWorkloads.IsOne).Select(static item => (ApiKind.Of(item), ObjectKey.Of(item)))];
    }

    /// <returns>When all were complete; null if that did not come.</returns>
    private TimeSpan? Watch(CancellationToken cancellationToken)
    {
        var end = _start + _options.Limit;
        var isQuiet = _plane.RunUntilQuiet(TimeSpan.Zero, null, cancellationToken);
        while (true)
        {
            Note();
            var moment = _moments[^1];
            if (_refusals.Count == 0 && moment.Workloads.All(static workload => workload.IsComplete))
            {
                return _plane.Now - _start;
            }

            if (isQuiet || _plane.NextAt is not { } next || next > end)
            {
                return null;
            }

            var before = _plane.Now;
            isQuiet = _plane.RunUntilQuiet(next - before, null, cancellationToken);
            NoteClosed(before);
        }
    }

    private void Note()
    {
        ImmutableArray<RolloutProgress> workloads = [.. _workloads.Select(entry => RolloutWorkloads.ProgressOf(_plane.Client.Get(entry.Kind, entry.Key))).OfType<RolloutProgress>()];
        var pods = RolloutWorkloads.PodsOf(_plane, _workloads);
        var moment = new RolloutMoment(
            _plane.Now - _start,
            workloads,
            pods.Count,
            pods.Select(static pod => pod.Spec.NodeName).Where(static name => name.Length > 0).Distinct(StringComparer.Ordinal).Count(),
            pods.Count(RolloutBlocks.FitsNowhere));
        NoteBudgets(pods);
        if (_moments.Count == 0 || !IsSame(_moments[^1], moment))
        {
            _moments.Add(moment);
        }
    }

    private static bool IsSame(RolloutMoment a, RolloutMoment b) =>
        a.Pods == b.Pods && a.Nodes == b.Nodes && a.Waiting == b.Waiting && a.Workloads.AsSpan().SequenceEqual(b.Workloads.AsSpan());

    private void NoteBudgets(List<Pod> pods)
    {
        foreach (var budget in _plane.List<PodDisruptionBudget>())
        {
            if (budget.Spec.Selector is not { } selector || !pods.Any(pod => pod.Metadata.Namespace == budget.Metadata.Namespace && selector.Matches(pod.Metadata.Labels)))
            {
                continue;
            }

            var key = ObjectKey.Of(budget);
            var status = budget.Status;
            _budgets[key] = _budgets.GetValueOrDefault(key) is { } known
                ? known with { LeastAllowed = Math.Min(known.LeastAllowed, status.DisruptionsAllowed), LeastHealthy = Math.Min(known.LeastHealthy, status.CurrentHealthy), Desired = status.DesiredHealthy }
                : new(key, status.DisruptionsAllowed, status.CurrentHealthy, status.DesiredHealthy, TimeSpan.Zero);
        }
    }

    /// <summary>Adds the time since an instant to the budgets that allowed nothing then.</summary>
    private void NoteClosed(DateTimeOffset since)
    {
        foreach (var (key, budget) in _budgets.ToArray())
        {
            if (_plane.Get<PodDisruptionBudget>(key)?.Status.DisruptionsAllowed == 0)
            {
                _budgets[key] = budget with { ClosedFor = budget.ClosedFor + (_plane.Now - since) };
            }
        }
    }
}
