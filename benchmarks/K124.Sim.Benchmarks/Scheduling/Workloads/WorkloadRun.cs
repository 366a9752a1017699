using K124.Sim.Model;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>Runs a workload on a scheduler, round after round; resetting in between is not part of what is measured.</summary>
/// <param name="data">The workload.</param>
/// <param name="scheduler">The scheduler, in the state that the workload begins with.</param>
/// <param name="records">Whether to keep what was decided in the first round.</param>
public sealed class WorkloadRun(WorkloadData data, IWorkloadScheduler scheduler, bool records = false)
{
    private const int ChurnInterval = 100;

    private static readonly Node ChurnNode = Shapes.Node("churn-node", "zone1");
    private static readonly Service ChurnService =
        new() { Metadata = new() { Name = "churn-service", Namespace = "churn" }, Spec = new() { Selector = StringMap.Of(("app", "churn")) } };

    private static readonly Pod ChurnPod = Shapes.Plain with { Metadata = new() { Name = "churn-pod", Namespace = "churn", Uid = "churn-pod" } };
    private static readonly ApiKind NodeKind = KindOf("Node");
    private static readonly ApiKind ServiceKind = KindOf("Service");
    private static readonly ApiKind PodKind = KindOf("Pod");

    private readonly List<ObjectKey> _placed = [];
    private readonly List<(Pod Pod, string NodeName)> _evicted = [];
    private List<string>? _recorded = records ? [] : null;
    private bool _hasChurned;

    /// <summary>What was decided in the first round, pod by pod: the node, or the node and the victims.</summary>
    public IReadOnlyList<string> Decisions { get; private set; } = [];

    /// <summary>Pods that fitted nowhere though they should.</summary>
    public int Unplaced { get; private set; }

    /// <summary>Pods to decide on before a reset is due.</summary>
    public int Length => data.Measured.Length;

    /// <summary>Pods after which the same kinds come again.</summary>
    public int Turn => data.Workload.Templates.Count;

    /// <summary>Decides on measured pods.</summary>
    /// <param name="from">Index of the first.</param>
    /// <param name="count">How many.</param>
    public void Decide(int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            var pod = data.Measured[i];
            switch (data.Workload.Kind)
            {
                case WorkloadKind.Preempt:
                    PlaceByPreemption(pod);
                    break;
                case WorkloadKind.Reject when i % 2 == 1:
                    PlaceNowhere(pod);
                    break;
                case WorkloadKind.PlaceWithChurn when i % ChurnInterval == 0:
                    Churn();
                    goto default;
                default:
                    Place(pod);
                    break;
            }
        }
    }

    /// <summary>Brings back the state before the first decision, apart from the order of pods on nodes and where the next search starts.</summary>
    public void Reset()
    {
        EndRecord();
        _placed.ForEach(scheduler.Forget);
        _placed.Clear();
        _evicted.ForEach(item => scheduler.Assume(item.Pod, item.NodeName));
        _evicted.Clear();
        if (_hasChurned)
        {
            Churn();
        }
    }

    /// <summary>Ends the record of the first round.</summary>
    public void EndRecord()
    {
        Decisions = _recorded ?? Decisions;
        _recorded = null;
    }

    private void PlaceNowhere(Pod pod)
    {
        var node = scheduler.Place(pod);
        Unplaced += node is null ? 0 : 1;
        _recorded?.Add(node ?? "");
    }

    private void Place(Pod pod, string decision = "")
    {
        var node = scheduler.Place(pod);
        _recorded?.Add(decision + node);
        if (node is not null)
        {
            _placed.Add(ObjectKey.Of(pod));
        }
        else
        {
            Unplaced++;
        }
    }

    private void PlaceByPreemption(Pod pod)
    {
        var decision = "";
        var (node, victims) = scheduler.FindVictims(pod);
        if (node is not null)
        {
            foreach (var victim in victims)
            {
                scheduler.Forget(ObjectKey.Of(victim));
                _evicted.Add((victim, node));
            }

            pod = pod with { Status = pod.Status with { NominatedNodeName = node } };
            scheduler.Nominate(pod, node);
            decision = records ? $"{node} without {string.Join(", ", victims.Select(static victim => victim.Metadata.Name))}: " : "";
        }

        Place(pod, decision);
    }

    private void Churn()
    {
        if (_hasChurned)
        {
            scheduler.Delete(PodKind, ObjectKey.Of(ChurnPod));
            scheduler.Delete(ServiceKind, ObjectKey.Of(ChurnService));
            scheduler.Delete(NodeKind, ObjectKey.Of(ChurnNode));
        }
        else
        {
            scheduler.Apply(ChurnNode);
            scheduler.Apply(ChurnService);
            scheduler.Place(ChurnPod);
        }

        _hasChurned = !_hasChurned;
    }

    private static ApiKind KindOf(string name) => ApiKind.All.First(kind => kind.Kind == name);
}
