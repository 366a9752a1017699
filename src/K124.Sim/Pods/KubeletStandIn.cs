using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Pods;

/// <summary>Stands for the kubelets of all nodes: starts bound pods, reports their state as planned, and ends those that are deleted.</summary>
public sealed partial class KubeletStandIn : IComponent, IClocked
{
    private const string NotReadyTaint = "node.kubernetes.io/not-ready";
    private const int FirstPodNetwork = 128;

    private static readonly ImmutableArray<ApiKind> Watched = [ApiKind.Of<Pod>(), ApiKind.Of<Node>()];

    private readonly KubeletOptions _options;
    private readonly Dictionary<string, PodPlan> _plans;
    private readonly Dictionary<string, ProbedPod> _probed;
    private readonly HashSet<string> _stopping;
    private readonly HashSet<string> _lostNodes;
    private readonly PriorityQueue<PodStep, (long Ticks, long Order)> _steps;
    private readonly Queue<string> _nodesToReport;
    private readonly List<PodStep> _missed;
    private DateTimeOffset _now;
    private long _order;
    private int _addresses;

    /// <summary>Makes a stand-in that knows no pods yet.</summary>
    /// <param name="options">What it does with pods; null for the defaults.</param>
    public KubeletStandIn(KubeletOptions? options = null)
    {
        _options = options ?? new();
        _plans = new(StringComparer.Ordinal);
        _probed = new(StringComparer.Ordinal);
        _stopping = new(StringComparer.Ordinal);
        _lostNodes = new(StringComparer.Ordinal);
        _steps = new();
        _nodesToReport = new();
        _missed = [];
    }

    private KubeletStandIn(KubeletStandIn other)
    {
        _options = other._options;
        _plans = new(other._plans, StringComparer.Ordinal);
        _probed = other._probed.ToDictionary(static entry => entry.Key, static entry => entry.Value.Fork(), StringComparer.Ordinal);
        _forced = other._forced;
        _stopping = new(other._stopping, StringComparer.Ordinal);
        _lostNodes = new(other._lostNodes, StringComparer.Ordinal);
        _steps = new(other._steps.UnorderedItems);
        _nodesToReport = new(other._nodesToReport);
        _missed = [.. other._missed];
        (_now, _order, _addresses) = (other._now, other._order, other._addresses);
    }

    private enum StepKind
    {
        Start,
        Ready,
        Restart,
        Probe,
        Finish,
        Stopped,
    }

    /// <inheritdoc/>
    public string Name => "kubelet";

    /// <inheritdoc/>
    public ImmutableArray<ApiKind> Watches => Watched;

    /// <inheritdoc/>
    public long NextTicks => _nodesToReport.Count > 0 ? 0 : _steps.TryPeek(out _, out var due) ? due.Ticks : long.MaxValue;

    DateTimeOffset IClocked.Now { get => _now; set => _now = value; }

    /// <summary>The kubelet of a node falls silent: its lease is renewed no more, its pods are reported no more.</summary>
    /// <param name="node">Name of the node.</param>
    public void Lose(string node)
    {
        if (_lostNodes.Add(node))
        {
            _nodesToReport.Enqueue(node);
        }
    }

    /// <summary>The kubelet of a node works again, and reports what it did not.</summary>
    /// <param name="node">Name of the node.</param>
    public void Recover(string node)
    {
        if (_lostNodes.Remove(node))
        {
            _nodesToReport.Enqueue(node);
        }
    }

    /// <inheritdoc/>
    public void Observe(in ObjectChange change, IObjectReader cache)
    {
        if (change.Object is Node node)
        {
            ObserveNode(change.Type, node);
            return;
        }

        var pod = (Pod)change.Object;
        if (change.Type == ChangeType.Deleted)
        {
            _plans.Remove(pod.Metadata.Uid);
            _probed.Remove(pod.Metadata.Uid);
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
        if (_nodesToReport.TryDequeue(out var node))
        {
            ReportNode(node, api);
        }
        else if (_steps.TryPeek(out var step, out var due) && due.Ticks <= _now.UtcTicks)
        {
            _steps.Dequeue();
            Take(step, api);
        }
    }

    /// <inheritdoc/>
    public IComponent Fork() => new KubeletStandIn(this);

    /// <summary>A node whose status is unknown is one that was lost before; a new node waits for its kubelet's first word.</summary>
    private void ObserveNode(ChangeType type, Node node)
    {
        var name = node.Metadata.Name;
        if (type == ChangeType.Deleted)
        {
            _lostNodes.Remove(name);
        }
        else if (NodeReports.ReadyOf(node) == "Unknown")
        {
            _lostNodes.Add(name);
        }
        else if (NodeReports.ReadyOf(node).Length == 0 && node.Spec.Taints.Any(static taint => taint.Key == NotReadyTaint))
        {
            _nodesToReport.Enqueue(name);
        }
    }

    private void ReportNode(string name, IApiClient api)
    {
        if (api.Get<Node>(new("", name)) is not { } node)
        {
            return;
        }

        var lease = api.Get<Lease>(new(NodeLeases.Namespace, name));
        if (_lostNodes.Contains(name))
        {
            if (NodeReports.ReadyOf(node).Length == 0)
            {
                api.UpdateStatus(NodeReports.Well(node, api.Now));
            }

            Write(NodeLeases.Abandoned(name, lease, api.Now), lease is not null, api);
            return;
        }

        if (lease is not null)
        {
            Write(NodeLeases.Renewed(name, lease, api.Now), isThere: true, api);
        }

        api.UpdateStatus(NodeReports.Well(node, api.Now));
        Resume(name, api);
    }

    private static void Write(Lease lease, bool isThere, IApiClient api)
    {
        if (isThere)
        {
            api.Update(lease);
            return;
        }

        if (api.Get<Namespace>(new("", NodeLeases.Namespace)) is null)
        {
            api.Create(new Namespace { Metadata = new() { Name = NodeLeases.Namespace } });
        }

        api.Create(lease);
    }

    /// <summary>What befell the pods of a node while it was silent is told now.</summary>
    private void Resume(string name, IApiClient api)
    {
        foreach (var pod in api.List<Pod>(ObjectIndex.Node, name).ToArray())
        {
            if (pod is { Status.Phase: "Running", Status.ContainerStatuses.IsEmpty: false, Metadata.DeletionTimestamp: null }
                && !PodPredicates.IsReady(pod) && pod.Status.ContainerStatuses.All(static status => status.Ready))
            {
                api.UpdateStatus(PodReports.Ready(pod, api.Now));
            }
        }

        foreach (var step in _missed.Where(step => step.Node == name))
        {
            _steps.Enqueue(step, (_now.UtcTicks, ++_order));
        }

        _missed.RemoveAll(step => step.Node == name);
    }

    private static bool HasEnded(Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    private void Begin(Pod pod)
    {
        var plan = _options.Plan(pod);
        _plans.Add(pod.Metadata.Uid, plan);
        BeginProbes(pod, plan);
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
            _probed.GetValueOrDefault(pod.Metadata.Uid)?.Terminate();
            var grace = TimeSpan.FromSeconds(pod.Metadata.DeletionGracePeriodSeconds ?? 0);
            var wanted = _plans.GetValueOrDefault(pod.Metadata.Uid)?.TerminateAfter ?? TimeSpan.Zero;
            Push(pod, StepKind.Stopped, wanted < TimeSpan.Zero || wanted > grace ? grace : wanted);
        }
    }

    private void PlanAfterStart(Pod pod, PodPlan plan)
    {
        if (plan.ReadyAfter > TimeSpan.Zero && !_probed.ContainsKey(pod.Metadata.Uid))
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
        if (_lostNodes.Contains(step.Node))
        {
            _missed.Add(step);
            return;
        }

        if (api.Get<Pod>(step.Key) is not { } pod || pod.Metadata.Uid != step.Uid)
        {
            return;
        }

        if (step.Kind == StepKind.Stopped)
        {
            End(pod, api);
        }
        else if (step.Kind == StepKind.Probe)
        {
            Probe(pod, api);
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
            case StepKind.Start when _probed.TryGetValue(pod.Metadata.Uid, out var probed):
                probed.Start(_now.UtcTicks);
                Look(PodReports.WithAddress(pod, AddressOf(pod, api)), probed, api);
                PlanAfterStart(pod, plan);
                break;
            case StepKind.Start:
                api.UpdateStatus(PodReports.Started(pod, api.Now, plan.ReadyAfter == TimeSpan.Zero, AddressOf(pod, api)));
                PlanAfterStart(pod, plan);
                break;
            case StepKind.Ready:
                api.UpdateStatus(PodReports.Ready(pod, api.Now));
                break;
            case StepKind.Restart when _probed.TryGetValue(pod.Metadata.Uid, out var probed):
                probed.Crash(0, _now.UtcTicks);
                Look(pod, probed, api);
                break;
            case StepKind.Restart:
                api.UpdateStatus(PodReports.Restarted(pod));
                break;
            default:
                _probed.Remove(pod.Metadata.Uid);
                api.UpdateStatus(PodReports.Ended(pod, plan.Outcome, api.Now));
                break;
        }
    }

    /// <summary>The next address of the pods' network; a pod of the host's network has the node's.</summary>
    private string AddressOf(Pod pod, IApiClient api)
    {
        if (pod.Spec.HostNetwork)
        {
            return api.Get<Node>(new("", pod.Spec.NodeName))?.Status.Addresses.FirstOrDefault(static address => address.Type == "InternalIP")?.Address ?? "";
        }

        var number = ++_addresses;
        return string.Create(CultureInfo.InvariantCulture, $"10.{FirstPodNetwork + (number >> 16)}.{(number >> 8) & 0xff}.{number & 0xff}");
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
