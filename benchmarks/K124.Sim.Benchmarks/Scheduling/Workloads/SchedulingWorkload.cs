using K124.Sim.Model;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>What a round of a workload does.</summary>
public enum WorkloadKind
{
    /// <summary>Places pod after pod.</summary>
    Place,

    /// <summary>As <see cref="Place"/>; every hundredth pod a node, a pod and a Service come, or go again.</summary>
    PlaceWithChurn,

    /// <summary>Places pods that fit only once others are evicted: decide, evict, nominate, decide again.</summary>
    Preempt,

    /// <summary>By turns places a pod and looks at one that fits nowhere.</summary>
    Reject,
}

/// <summary>A workload of scheduler_perf: a cluster, pods that are there, and pods that are measured.</summary>
public sealed record SchedulingWorkload
{
    /// <summary>The name that scheduler_perf gives it, or ours.</summary>
    public required string Name { get; init; }

    public WorkloadKind Kind { get; init; }

    /// <summary>Makes the nodes.</summary>
    public Func<int, IEnumerable<Node>> Nodes { get; init; } = static count => Shapes.Nodes(count, "zone1", "zone2", "zone3");

    /// <summary>Everything else that decisions read.</summary>
    public IReadOnlyList<IApiObject> Objects { get; init; } = [];

    /// <summary>What comes with each node.</summary>
    public Func<Node, IApiObject>? ObjectOf { get; init; }

    /// <summary>Makes each pod's own claim by its name, and what is behind it; null where pods have none.</summary>
    public Func<string, IEnumerable<IApiObject>>? ClaimsOf { get; init; }

    /// <summary>Which pods have claims, by their template; all of them by default.</summary>
    public Predicate<Pod> HasClaim { get; init; } = static _ => true;

    /// <summary>Templates of the pods that are there, in turn.</summary>
    public IReadOnlyList<Pod> ExistingTemplates { get; init; } = [Shapes.Plain];

    /// <summary>How many pods are there, by number of nodes.</summary>
    public Func<int, int> ExistingPods { get; init; } = static nodes => nodes;

    /// <summary>Templates of the measured pods, in turn.</summary>
    public required IReadOnlyList<Pod> Templates { get; init; }

    /// <summary>How many pods are measured, by number of nodes.</summary>
    public Func<int, int> MeasuredPods { get; init; } = static nodes => 2 * nodes;

    /// <summary>Whether every measured pod has objects of its own, equal to the others', as pods read from a file have.</summary>
    public bool HasOwnSpecs { get; init; }

    /// <summary>Numbers of nodes at which the quick form measures it.</summary>
    public IReadOnlyList<int> QuickNodes { get; init; } = [5_000];

    /// <summary>How many times as long as others the quick form measures it: as long as it takes for every kind of pods to come often.</summary>
    public int QuickRounds { get; init; } = 1;

    /// <summary>Nodes up to which the reference decides in reasonable time with all nodes scored.</summary>
    public int MaxReferenceNodes { get; init; } = int.MaxValue;

    public override string ToString() => Name;
}
