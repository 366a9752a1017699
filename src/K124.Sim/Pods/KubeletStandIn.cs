using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Pods;

/// <summary>Stands for the kubelets of all nodes: starts bound pods, reports their state as planned, and ends those that are deleted.</summary>
public sealed class KubeletStandIn : IComponent, IClocked
{
    private static readonly ImmutableArray<ApiKind> Watched = [ApiKind.Of<Pod>()];

    private readonly KubeletOptions _options;
    private readonly Dictionary<string, PodPlan> _plans;
    private readonly HashSet<string> _stopping;
    private readonly HashSet<string> _lostNodes;
    private readonly PriorityQueue<PodStep, (long Ticks, long Order)> _steps;
    private DateTimeOffset _now;
    private long _order;

    /// <summary>Makes a stand-in that knows no pods yet.</summary>
    /// <param name="options">What it does with pods; null for the defaults.</param>
    public KubeletStandIn(KubeletOptions? options = null)
    {
        _options = options ?? new();
        _plans = new(StringComparer.Ordinal);
        _stopping = new(StringComparer.Ordinal);
        _lostNodes = new(StringComparer.Ordinal);
        _steps = new();
    }

    private KubeletStandIn(KubeletStandIn other)
    {
        _options = other._options;
        _plans = new(other._plans, StringComparer.Ordinal);
        _stopping = new(other._stopping, StringComparer.Ordinal);
        _lostNodes = new(other._lostNodes, StringComparer.Ordinal);
        _steps = new(other._steps.UnorderedItems);
        (_now, _order) = (other._now, other._order);
    }

    private enum StepKind
    {
        Start,
        Ready,
        Restart,
        Finish,
        Stopped,
    }

    /// <inheritdoc/>
    public string Name => "kubelet";

    /// <inheritdoc/>
    public ImmutableArray<ApiKind> Watches => Watched;

    /// <inheritdoc/>
    public long NextTicks => _steps.TryPeek(out _, out var due) ? due.Ticks : long.MaxValue;

    DateTimeOffset IClocked.Now { get => _now; set => _now = value; }

    /// <summary>The kubelet of a node falls silent: its pods change no more.</summary>
    /// <param name="node">Name of the node.</param>
    public void Lose(string node) => _lostNodes.Add(node);

    /// <summary>The kubelet of a node works again.</summary>
    /// <param name="node">Name of the node.</param>
    public void Recover(string node) => _lostNodes.Remove(node);

    /// <inheritdoc/>
    public void Observe(in ObjectChange change, IObjectReader cache)
    {
        var pod = (Pod)change.Object;
        if (change.Type == ChangeType.Deleted)
        {
            _plans.Remove(pod.Metadata.Uid);
            _stopping.Remove(pod.Metadata.Uid);
            return;
        }

        if (pod.Spec.NodeName.Length == 0)
        {
            return;
        }

        if (pod.Metadata.DeletionTimestamp is not null)
        {
            Stop(pod);
        }
        else if (!_plans.ContainsKey(pod.Metadata.Uid) && !HasEnded(pod))
        {
            Begin(pod);
        }
    }

    /// <inheritdoc/>
    public void Work(IObjectReader cache, IApiClient api)
    {
        ArgumentNullException.ThrowIfNull(api);
        _now = api.Now;
        if (_steps.TryPeek(out var step, out var due) && due.Ticks <= _now.UtcTicks)
        {
            _steps.Dequeue();
            Take(step, api);
        }
    }

    /// <inheritdoc/>
    public IComponent Fork() => new KubeletStandIn(this);

    private static bool HasEnded(Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    private void Begin(Pod pod)
    {
        var plan = _options.Plan(pod);
        _plans.Add(pod.Metadata.Uid, plan);
        if (pod.Status.Phase == "Running")
        {
            PlanAfterStart(pod, plan);
        }
        else
        {
            Push(pod, StepKind.Start, plan.StartAfter);
        }
    }

    private void Stop(Pod pod)
    {
        if (_stopping.Add(pod.Metadata.Uid))
        {
            var grace = TimeSpan.FromSeconds(pod.Metadata.DeletionGracePeriodSeconds ?? 0);
            var wanted = _plans.GetValueOrDefault(pod.Metadata.Uid)?.TerminateAfter ?? TimeSpan.Zero;
            Push(pod, StepKind.Stopped, wanted < TimeSpan.Zero || wanted > grace ? grace : wanted);
        }
    }

    private void PlanAfterStart(Pod pod, PodPlan plan)
    {
        if (plan.ReadyAfter > TimeSpan.Zero)
        {
            Push(pod, StepKind.Ready, plan.ReadyAfter);
        }

        foreach (var restart in plan.RestartsAfter)
        {
            Push(pod, StepKind.Restart, restart);
        }

        if (plan.Outcome.Length > 0)
        {
            Push(pod, StepKind.Finish, plan.FinishAfter);
        }
    }

    /// <summary>A negative time never comes.</summary>
    private void Push(Pod pod, StepKind kind, TimeSpan after)
    {
        if (after >= TimeSpan.Zero)
        {
            _steps.Enqueue(new(ObjectKey.Of(pod), pod.Metadata.Uid, pod.Spec.NodeName, kind), (_now.UtcTicks + after.Ticks, ++_order));
        }
    }

    private void Take(PodStep step, IApiClient api)
    {
        if (_lostNodes.Contains(step.Node) || api.Get<Pod>(step.Key) is not { } pod || pod.Metadata.Uid != step.Uid)
        {
            return;
        }

        if (step.Kind == StepKind.Stopped)
        {
            End(pod, api);
        }
        else if (pod.Metadata.DeletionTimestamp is null && !HasEnded(pod) && _plans.TryGetValue(step.Uid, out var plan))
        {
            Advance(pod, step.Kind, plan, api);
        }
    }

    private void Advance(Pod pod, StepKind kind, PodPlan plan, IApiClient api)
    {
        switch (kind)
        {
            case StepKind.Start:
                api.UpdateStatus(PodReports.Started(pod, api.Now, plan.ReadyAfter == TimeSpan.Zero));
                PlanAfterStart(pod, plan);
                break;
            case StepKind.Ready:
                api.UpdateStatus(PodReports.Ready(pod, api.Now));
                break;
            case StepKind.Restart:
                api.UpdateStatus(PodReports.Restarted(pod));
                break;
            default:
                api.UpdateStatus(PodReports.Ended(pod, plan.Outcome, api.Now));
                break;
        }
    }

    /// <summary>The containers have stopped: reports it if the plan says so, then takes the pod away.</summary>
    private void End(Pod pod, IApiClient api)
    {
        if (_plans.TryGetValue(pod.Metadata.Uid, out var plan) && plan.TerminatePhase.Length > 0 && !HasEnded(pod))
        {
            api.UpdateStatus(PodReports.Ended(pod, plan.TerminatePhase, api.Now));
        }

        api.Delete<Pod>(ObjectKey.Of(pod), new() { GracePeriodSeconds = 0, Uid = pod.Metadata.Uid });
    }

    private readonly record struct PodStep(ObjectKey Key, string Uid, string Node, StepKind Kind);
}
