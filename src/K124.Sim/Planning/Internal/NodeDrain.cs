using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Internal;

/// <summary>One drain of a node.</summary>
internal sealed class NodeDrain
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    private readonly Node _node;
    private readonly SettledCluster _settled;
    private readonly Owners _owners;
    private readonly PodAdmission _admission;
    private readonly PodNames _names;
    private readonly Scheduler _scheduler;
    private readonly EvictionBudgets _budgets;
    private readonly PlannedClaims _claims;
    private readonly ImmutableArray<string> _daemons;
    private readonly UtilizationMeter _meter;
    private readonly Dictionary<(string Kind, ObjectKey Key), int> _surplus = [];
    private readonly ImmutableArray<DrainedPod>.Builder _gone = ImmutableArray.CreateBuilder<DrainedPod>();

    public NodeDrain(Cluster cluster, Node node, SchedulerOptions options)
    {
        _node = node;
        _settled = SettledCluster.Of(cluster.Replace(node with { Spec = node.Spec with { Unschedulable = true } }), []);
        _owners = new(_settled.Cluster);
        _admission = new(_settled.Cluster);
        _names = new(_settled.Cluster);
        _claims = new(_settled.Cluster);
        _budgets = new(_settled.Cluster);
        _scheduler = new(_settled.Cluster, options);
        _daemons = [.. DaemonGaps.Of(_settled.Cluster, [], _owners, _admission, _names, takesPending: true).Fill(_scheduler)];
        _meter = new(_scheduler);
    }

    /// <summary>Drains the node.</summary>
    public DrainPlan Run(bool force, CancellationToken cancellationToken)
    {
        var pods = _settled.Cluster.Pods.Where(pod => pod.Spec.NodeName == _node.Metadata.Name).ToLookup(StayReason);
        string[] bare = [.. pods[""].Where(IsBare).Select(static pod => ObjectKey.Of(pod).ToString())];
        if (bare.Length > 0 && !force)
        {
            return new()
            {
                NodeName = _node.Metadata.Name,
                Refusal = $"cannot delete Pods not managed by ReplicationController, ReplicaSet, Job, DaemonSet or StatefulSet (use --force to override): {string.Join(", ", bare)}",
                Notices = _settled.Notices,
            };
        }

        var blocked = EvictAll([.. pods[""]], cancellationToken);
        return new()
        {
            NodeName = _node.Metadata.Name,
            Pods =
            [
                .. _gone,
                .. blocked,
                .. pods.Where(static group => group.Key.Length > 0).SelectMany(static group => group.Select(pod => new DrainedPod(pod, DrainFate.Stays, group.Key))),
            ],
            Utilization = _meter.Read(),
            Notices = [.. _settled.Notices, .. _daemons, .. LocalData(pods[""]), .. PlanNotices.ForClaims(_claims, _scheduler)],
        };
    }

    private static string StayReason(Pod pod) => pod.Metadata.Annotations.ContainsKey(MirrorAnnotation) ? "mirror pod"
        : Owners.IsActive(pod) && ControllerReference.ControllerOf(pod) is { Kind: "DaemonSet" } owner ? $"DaemonSet {pod.Metadata.Namespace}/{owner.Name}"
        : "";

    private static bool IsBare(Pod pod) => ControllerReference.ControllerOf(pod) is null && Owners.IsActive(pod);

    private static IEnumerable<string> LocalData(IEnumerable<Pod> pods)
    {
        var count = pods.Count(static pod => Owners.IsActive(pod) && pod.Spec.Volumes.Any(static volume => volume.EmptyDir is not null));
        return count == 0 ? [] : [$"{(count == 1 ? "1 pod loses" : $"{count} pods lose")} the data of emptyDir volumes: kubectl drain asks for --delete-emptydir-data."];
    }

    /// <summary>Evicts pods for as long as budgets let one go: what takes its place may let the next one go.</summary>
    /// <returns>The pods that never may.</returns>
    private IEnumerable<DrainedPod> EvictAll(List<Pod> waiting, CancellationToken cancellationToken)
    {
        var refusals = new Dictionary<ObjectKey, string>();
        bool hasGone;
        do
        {
            hasGone = false;
            foreach (var pod in waiting.ToArray())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Owners.IsActive(pod) && _budgets.TryEvict(pod) is { } refusal)
                {
                    refusals[ObjectKey.Of(pod)] = refusal;
                    continue;
                }

                waiting.Remove(pod);
                hasGone = true;
                _gone.Add(Replace(pod));
            }
        }
        while (hasGone && waiting.Count > 0);

        return waiting.Select(pod => new DrainedPod(pod, DrainFate.Blocked, refusals[ObjectKey.Of(pod)]));
    }

    private DrainedPod Replace(Pod pod)
    {
        _scheduler.Delete(ApiKind.Of<Pod>(), ObjectKey.Of(pod));
        if (!Owners.IsActive(pod))
        {
            return new(pod, DrainFate.Finished);
        }

        if (ControllerReference.ControllerOf(pod) is not { } owner)
        {
            return new(pod, DrainFate.Lost);
        }

        if (IsSurplus(pod, owner))
        {
            return new(pod, DrainFate.Surplus);
        }

        var source = $"{owner.Kind} {pod.Metadata.Namespace}/{owner.Name}";
        var next = _admission.Admit(Successor(pod, owner), source);
        foreach (var claim in _claims.Of(next))
        {
            _scheduler.Apply(claim);
        }

        var result = _scheduler.Place(next).ToResult();
        if (result.IsScheduled)
        {
            _budgets.Add(next);
        }

        return new(pod, result.IsScheduled ? DrainFate.Moved : DrainFate.Unplaced, Replacement: new(next, source, result));
    }

    /// <summary>Whether the controller wants fewer pods than it has, and so lets this one go.</summary>
    private bool IsSurplus(Pod pod, OwnerReference reference)
    {
        if (_owners.ControllerOf(pod) is not { } owner || Owners.SizeOf(owner) is not { } size)
        {
            return false;
        }

        var key = (reference.Kind, ObjectKey.Of(owner));
        var surplus = _surplus.TryGetValue(key, out var left) ? left : _owners.PodsOf(owner).Count(Owners.IsActive) - size;
        _surplus[key] = surplus - 1;
        return surplus > 0;
    }

    /// <summary>The pod that a controller makes in the place of another: of its template, if that was read.</summary>
    private Pod Successor(Pod pod, OwnerReference reference)
    {
        string Name() => _names.Next(pod.Metadata.Namespace, reference.Name);
        return _owners.ControllerOf(pod) switch
        {
            ReplicaSet set => TemplatePods.Of(set.Spec.Template, set, Name()),
            ReplicationController controller => TemplatePods.Of(controller.Spec.Template ?? new(), controller, Name()),
            Job job => TemplatePods.OfJob(job.Spec, job, Name()),
            StatefulSet set => Member(set, pod.Metadata.Name),
            _ => pod with
            {
                Metadata = pod.Metadata with { Name = reference.Kind == "StatefulSet" ? pod.Metadata.Name : Name(), Uid = "" },
                Spec = pod.Spec with { NodeName = "" },
                Status = new(),
            },
        };
    }

    private static Pod Member(StatefulSet set, string name)
    {
        var pod = TemplatePods.Of(set.Spec.Template, set, name);
        return pod with
        {
            Metadata = pod.Metadata with { Labels = pod.Metadata.Labels.With("statefulset.kubernetes.io/pod-name", name) },
            Spec = PlannedClaims.WithClaims(set, pod.Spec, name),
        };
    }
}
