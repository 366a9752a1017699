using K124.Sim.Model;
using K124.Sim.Scheduling.Queue;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Tests.Scheduling.Queue;

/// <summary>Runs the same commands on the queue and on the naive one.</summary>
public sealed class QueueLife
{
    private static readonly DateTimeOffset Start = new(2022, 5, 3, 12, 0, 0, 250, TimeSpan.Zero);
    private static readonly int[] Pauses = [0, 1, 100, 500, 999, 1_000, 1_001, 2_000, 7_300, 30_000, 290_000, 330_000];
    private static readonly string[] Plugins = [.. NaiveQueueModel.Plugins, "Custom"];

    private static readonly (string Resource, string Action, ClusterEvent Event)[] Events =
    [
        .. from resource in Enum.GetValues<ClusterResource>()
           where resource != ClusterResource.Any
           from action in (string[])(resource == ClusterResource.Node ? ["Add", "Delete", "Allocatable", "Label", "Taint", "Condition"] : ["Add", "Delete", "Update"])
           select (resource.ToString(), action, new ClusterEvent(resource, Enum.Parse<ActionTypes>(action is "Add" or "Delete" or "Update" ? action : "UpdateNode" + action))),
    ];

    private readonly Dictionary<ObjectKey, Pod> _api = [];
    private readonly List<(QueuedPodInfo Real, NaiveQueuedPod Naive)> _popped = [];
    private int _made;

    public QueueLife(SchedulingQueueOptions? options = null)
    {
        options ??= new();
        Queue = new(Start, options, new(key => _api.GetValueOrDefault(key)));
        Naive = new(Start, options.PodInitialBackoff, options.PodMaxBackoff, options.PodMaxInUnschedulablePodsDuration, key => _api.GetValueOrDefault(key));
    }

    public SchedulingQueue Queue { get; }

    public NaiveQueueModel Naive { get; }

    public HashSet<string> Seen { get; } = [];

    public string State => string.Join('\n',
    [
        $"{Queue.Now:O} {Queue.SchedulingCycle} {Queue.MoveRequestCycle} {Queue.Count}",
        .. Queue.ActivePods().Select(static pod => $"active {Text(pod)}"),
        .. Queue.BackoffPods().Select(static pod => $"backoff {Text(pod)}"),
        .. Queue.UnschedulablePods().Select(static pod => $"unschedulable {Text(pod)}"),
        .. Nodes.Select(node => $"{node}: {string.Join(",", Queue.Nominator.PodsOn(node).Select(Text))}"),
        .. _api.Values.Select(pod => $"{pod.Metadata.Uid} on {Queue.Nominator.NodeOf(pod)}"),
    ]);

    public string NaiveState => string.Join('\n',
    [
        $"{Naive.Now:O} {Naive.SchedulingCycle} {Naive.MoveRequestCycle} {Naive.Active.Count + Naive.Backoff.Count + Naive.Unschedulable.Count}",
        .. Naive.ActiveInOrder.Select(static pod => $"active {Text(pod)}"),
        .. Naive.BackoffInOrder.Select(static pod => $"backoff {Text(pod)}"),
        .. Naive.Unschedulable.Select(static pod => $"unschedulable {Text(pod)}"),
        .. Nodes.Select(node => $"{node}: {string.Join(",", Naive.Nominated.Where(entry => entry.Node == node).Select(static entry => Text(entry.Pod)))}"),
        .. _api.Values.Select(pod => $"{pod.Metadata.Uid} on {Naive.Nominated.Where(entry => entry.Uid == pod.Metadata.Uid).Select(static entry => entry.Node).FirstOrDefault()}"),
    ]);

    private static string[] Nodes => ["n0", "n1", "n2"];

    public void Run(QueueCommand command)
    {
        var before = (Queue.ActiveCount, Queue.BackoffCount, Queue.UnschedulableCount);
        var (_, first, second, third) = command;
        switch (command.Kind)
        {
            case QueueCommandKind.Add:
                Add(first, second, third);
                break;
            case QueueCommandKind.Pop:
                Pop();
                break;
            case QueueCommandKind.Fail:
                Fail(first, second, third);
                break;
            case QueueCommandKind.Update:
                Update(first, second, third);
                break;
            case QueueCommandKind.Delete:
                Delete(first);
                break;
            case QueueCommandKind.Event:
                var (resource, action, clusterEvent) = Events[first % Events.Length];
                bool Admits(Pod pod) => second % 2 == 0 || pod.Metadata.Name[^1] % 3 != third % 3;
                Queue.MoveAllToActiveOrBackoffQueue(clusterEvent, second % 2 == 0 ? null : Admits);
                Naive.MoveAll(resource, action, Admits);
                break;
            case QueueCommandKind.Assigned:
                Assign(first, second);
                break;
            case QueueCommandKind.Nominate:
                Nominate(first, second);
                break;
            case QueueCommandKind.Assume:
                if (Pick(first) is { } assumed)
                {
                    Queue.Nominator.Delete(assumed);
                    Naive.Unnominate(assumed);
                }

                break;
            default:
                var time = Queue.Now.AddMilliseconds(Pauses[first % Pauses.Length]);
                Queue.AdvanceTo(time);
                Naive.AdvanceTo(time);
                break;
        }

        var after = (Queue.ActiveCount, Queue.BackoffCount, Queue.UnschedulableCount);
        Seen.Add($"{command.Kind} {Sign(before.ActiveCount, after.ActiveCount)}{Sign(before.BackoffCount, after.BackoffCount)}{Sign(before.UnschedulableCount, after.UnschedulableCount)}");
    }

    private static char Sign(int before, int after) => after > before ? '+' : after < before ? '-' : '=';

    private static string Text(QueuedPodInfo pod) =>
        $"{Text(pod.Pod)} {pod.Timestamp:O} {pod.Attempts} [{string.Join(" ", pod.UnschedulablePlugins.Order(StringComparer.Ordinal))}]";

    private static string Text(NaiveQueuedPod pod) => $"{Text(pod.Pod)} {pod.Timestamp:O} {pod.Attempts} [{string.Join(" ", pod.Plugins.Order(StringComparer.Ordinal))}]";

    private static string Text(Pod pod) => $"{pod.Metadata.Uid} {pod.Metadata.ResourceVersion} {pod.Metadata.Labels.Count} '{pod.Status.NominatedNodeName}'";

    private void Add(int name, int priority, int shape)
    {
        var pod = new Pod
        {
            Metadata = new() { Name = $"p{name % 9}", Namespace = name % 2 == 0 ? "a" : "b", Uid = $"u{_made++}", ResourceVersion = "1" },
            Spec = new()
            {
                Priority = priority % 4 == 3 ? null : priority % 4,
                PreemptionPolicy = priority % 3 == 0 ? "Never" : null,
                Affinity = shape % 3 == 0 ? NearTo(shape % 2 == 0 ? "web" : "db", shape % 5 == 0 ? "b" : "") : null,
            },
            Status = new() { NominatedNodeName = shape % 7 == 0 ? Nodes[shape % 3] : "" },
        };
        _api[ObjectKey.Of(pod)] = pod;
        Queue.Add(pod);
        Naive.Add(pod);
    }

    private static Affinity NearTo(string app, string otherNamespace) => new()
    {
        PodAffinity = new()
        {
            RequiredDuringSchedulingIgnoredDuringExecution =
            [
                new() { TopologyKey = "zone", LabelSelector = new() { MatchLabels = StringMap.Of(("app", app)) }, Namespaces = otherNamespace.Length > 0 ? [otherNamespace] : [] },
            ],
        },
    };

    private void Pop()
    {
        var any = Queue.TryPop(out var real);
        var naive = Naive.Pop();
        Assert.Equal(naive is not null, any);
        if (real is not null && naive is not null)
        {
            Assert.Equal(naive.Key, real.Key);
            _popped.Add((real, naive));
        }
    }

    private void Fail(int which, int mask, int extra)
    {
        if (_popped.Count == 0)
        {
            return;
        }

        var (real, naive) = _popped[which % _popped.Count];
        _popped.RemoveAt(which % _popped.Count);
        var pod = _api.GetValueOrDefault(real.Key) ?? real.Pod;
        string[]? plugins = extra % 4 == 0 ? null : extra % 4 == 1 ? [] : [Plugins[mask % Plugins.Length], Plugins[extra % Plugins.Length]];
        Assert.Equal(Naive.AddUnschedulableIfNotPresent(naive, pod, plugins), Queue.AddUnschedulableIfNotPresent(real, pod, plugins is null ? default : [.. plugins]));
    }

    private void Update(int which, int what, int node)
    {
        if (Pick(which) is not { } old)
        {
            return;
        }

        var version = old.Metadata.ResourceVersion + "+";
        var pod = old with { Metadata = old.Metadata with { ResourceVersion = version, Generation = old.Metadata.Generation + 1, Finalizers = [version] } };
        pod = (what % 5) switch
        {
            0 => pod with { Metadata = pod.Metadata with { Labels = pod.Metadata.Labels.With(version, "") } },
            1 => pod with { Metadata = pod.Metadata with { DeletionTimestamp = Start.AddSeconds(version.Length) } },
            2 => pod with { Status = pod.Status with { NominatedNodeName = Nodes[node % 3] } },
            3 => pod with { Status = pod.Status with { NominatedNodeName = "" } },
            _ => pod with { Status = pod.Status with { Message = version } },
        };
        _api[ObjectKey.Of(pod)] = pod;
        Queue.Update(old, pod);
        Naive.Update(old, pod, what % 5 >= 2);
    }

    private void Delete(int which)
    {
        if (Pick(which) is { } pod)
        {
            _api.Remove(ObjectKey.Of(pod));
            Queue.Delete(pod);
            Naive.Delete(pod);
        }
    }

    private void Assign(int labels, int update)
    {
        var (app, ns) = (labels % 2 == 0 ? "web" : "db", labels % 3 == 0 ? "b" : "a");
        var pod = new Pod { Metadata = new() { Name = "assigned", Namespace = ns, Labels = StringMap.Of(("app", app)) }, Spec = new() { NodeName = "n0" } };
        bool Requires(Pod waiting) => waiting.Spec.Affinity?.PodAffinity!.RequiredDuringSchedulingIgnoredDuringExecution is [var term]
            && term.LabelSelector!.MatchLabels["app"] == app
            && (term.Namespaces.IsEmpty ? waiting.Metadata.Namespace == ns : term.Namespaces.Contains(ns));
        if (update % 2 == 0)
        {
            Queue.AssignedPodAdded(pod, StringMap<string>.Empty);
        }
        else
        {
            Queue.AssignedPodUpdated(pod, StringMap<string>.Empty);
        }

        Naive.Assigned(update % 2 == 0 ? "Add" : "Update", Requires);
    }

    private void Nominate(int which, int node)
    {
        if (Pick(which) is not { } pod)
        {
            return;
        }

        var info = (node % 3) switch { 0 => NominatingInfo.Unchanged, 1 => NominatingInfo.Cleared, _ => NominatingInfo.To(Nodes[node % 2]) };
        Queue.Nominator.Add(pod, info);
        Naive.Nominate(pod, info.NodeName);
    }

    private Pod? Pick(int which) => _api.Count == 0 ? null : _api.OrderBy(static entry => entry.Key).ElementAt(which % _api.Count).Value;
}
