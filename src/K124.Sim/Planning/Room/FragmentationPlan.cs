using System.Collections.Immutable;

namespace K124.Sim.Planning.Room;

/// <summary>Where free amounts are stranded: no waiting pod can use them.</summary>
public sealed record FragmentationPlan
{
    /// <summary>The shapes that could use the room, by the pod that stands for each.</summary>
    public required ImmutableArray<string> Shapes { get; init; }

    /// <summary>Where the shapes come from.</summary>
    public required ShapeSource Source { get; init; }

    /// <summary>The classes of nodes, largest number of nodes first.</summary>
    public required ImmutableArray<ClassFragmentation> Classes { get; init; }

    /// <summary>The sums over all nodes.</summary>
    public required ImmutableArray<StrandedAmount> Total { get; init; }

    /// <summary>What the plan leaves out of account, one sentence each.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}

/// <summary>Where the shapes of a <see cref="FragmentationPlan"/> come from.</summary>
public enum ShapeSource
{
    /// <summary>They were given.</summary>
    Given,

    /// <summary>They are the pending pods of the cluster.</summary>
    Pending,

    /// <summary>No pod is pending: they are those that run, DaemonSets' aside.</summary>
    Running,
}

/// <summary>What is stranded on the nodes of a class.</summary>
/// <param name="Class">The class.</param>
/// <param name="NodesWithoutUse">Nodes with free cpu or memory on which no shape fits.</param>
/// <param name="Resources">The amounts.</param>
public sealed record ClassFragmentation(NodeClass Class, int NodesWithoutUse, ImmutableArray<StrandedAmount> Resources);

/// <summary>How much of a resource is free, and how much of that no shape can use.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Allocatable">Amount for pods: cpu in thousandths of a core, everything else in whole units.</param>
/// <param name="Free">Amount that no pod asks for.</param>
/// <param name="Stranded">The part of it that units of no one shape can take, node by node.</param>
public readonly record struct StrandedAmount(string Resource, long Allocatable, long Free, long Stranded);
