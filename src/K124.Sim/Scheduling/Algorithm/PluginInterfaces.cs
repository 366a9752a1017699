using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm.Failures;
using K124.Sim.Scheduling.Algorithm.Indexing;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Algorithm;

/// <summary>A part of the scheduler that looks at one aspect of placing a pod.</summary>
internal interface IPlugin
{
    /// <summary>Name as in Kubernetes.</summary>
    string Name { get; }

    /// <summary>Brings what the plugin keeps for a class up to date with a changed node object.</summary>
    /// <returns>False if it has to work it out from nothing.</returns>
    bool TryFollowNode(PodClass pod, int row) => false;

    /// <summary>Takes over what the plugin keeps of one class for another one that sees node objects alike, if that rests on nothing else.</summary>
    void ShareNodeData(PodClass from, PodClass to)
    {
    }

    /// <summary>Takes over what the plugin keeps of a class, for the same class after a fork; the former does not change any longer.</summary>
    /// <returns>False if it has to work it out from nothing.</returns>
    bool TryTakeOver(PodClass from, PodClass to) => true;

    /// <summary>Brings what the plugin keeps for a class up to date with changed Services, ReplicationControllers, ReplicaSets and StatefulSets.</summary>
    /// <returns>False if it has to work it out from nothing.</returns>
    bool TryFollowWorkloads(PodClass pod) => false;
}

/// <summary>What of the cluster a plugin's verdict on a node depends on.</summary>
internal enum PluginReads
{
    /// <summary>Anything.</summary>
    Anything,

    /// <summary>The node object.</summary>
    NodeObject,

    /// <summary>The node object and the pods on that node.</summary>
    NodePods,

    /// <summary>The pods on the nodes around it: the plugin is an <see cref="ITopologyPlugin"/>.</summary>
    Topology,
}

/// <summary>Compares nodes by the pods around them.</summary>
internal interface ITopologyPlugin : IPlugin
{
    /// <summary>What it says of a class; null if it treats all nodes alike. The same object as long as the states of groups mean the same.</summary>
    TopologyFacet? FacetOf(PodClass pod);
}

/// <summary>Looks at the pod once, before any node.</summary>
internal interface IPreFilterPlugin : IPlugin
{
    PreFilterResult PreFilter(PodClass pod);

    /// <summary>Whether the result stays the same as long as what was worked out for the class.</summary>
    bool IsSettled(PodClass pod) => false;
}

/// <summary>Follows pods that are added to, or taken from, nodes within one attempt only.</summary>
/// <remarks>Nominated pods are added, and victims of preemption taken away, to see what would be.</remarks>
internal interface IPreFilterExtensions
{
    void AddPod(PodClass pod, PodEntry added);

    void RemovePod(PodClass pod, PodEntry removed);
}

/// <summary>Says which nodes can take a pod.</summary>
internal interface IFilterPlugin : IPlugin
{
    /// <summary>What the verdict on a node depends on, beside the pod's class.</summary>
    PluginReads Reads { get; }

    /// <summary>The same for one class of pods, of which less may hold.</summary>
    PluginReads ReadsFor(PodClass pod) => Reads;

    /// <summary>False if every node passes for this pod as things stand.</summary>
    bool IsActive(PodClass pod);

    /// <summary>The filter for one class; null if every node passes as long as what was worked out for the class holds.</summary>
    RowFilter? RowFilterFor(PodClass pod) => new AnyRowFilter(this, pod);

    /// <summary>True if <see cref="Filter"/> may be unable to decide on some node, which fails the attempt.</summary>
    bool MayFail(PodClass pod) => false;

    /// <summary>Null if the node passes.</summary>
    PluginStatus? Filter(PodClass pod, int row);

    /// <summary>Keeps the rows that pass, in their order, at the front.</summary>
    /// <returns>How many they are.</returns>
    int Narrow(PodClass pod, Span<int> rows)
    {
        var kept = 0;
        foreach (var row in rows)
        {
            if (Filter(pod, row) is null)
            {
                rows[kept++] = row;
            }
        }

        return kept;
    }
}

/// <summary>Is asked when no node is feasible.</summary>
internal interface IPostFilterPlugin : IPlugin
{
    /// <summary>Searches after every node was rejected.</summary>
    /// <param name="pod">The pod that fits nowhere.</param>
    /// <param name="podClass">Its class; PreFilter has just run for it.</param>
    /// <param name="diagnosis">Why the nodes were rejected.</param>
    /// <param name="draws">What 1.24 leaves to chance.</param>
    PreemptionResult PostFilter(Pod pod, PodClass podClass, Diagnosis diagnosis, PreemptionDraws draws);
}

/// <summary>Looks at the pod once more before feasible nodes are scored.</summary>
internal interface IPreScorePlugin : IPlugin
{
    /// <summary>Checks the pod.</summary>
    /// <returns>An error that fails the attempt, or null.</returns>
    string? PreScore(PodClass pod);
}

/// <summary>Says how good each feasible node is.</summary>
internal interface IScorePlugin : IPlugin
{
    /// <summary>What the score of a node depends on, beside the pod's class.</summary>
    PluginReads Reads { get; }

    /// <summary>False if all nodes get the same score for this pod as things stand.</summary>
    bool TellsApart(PodClass pod) => true;

    /// <summary>The raw score for one class; null if every node has 0 as long as what was worked out for the class holds.</summary>
    RowScorer? RowScorerFor(PodClass pod) => new AnyRowScorer(this, pod);

    /// <summary>Writes the raw score of each row.</summary>
    void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores);

    /// <summary>Brings the raw scores into the range 0 to 100, if they are not there yet.</summary>
    void NormalizeScore(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
    }
}

/// <summary>Scores nodes by their objects, in proportion to the greatest score among the feasible ones.</summary>
internal interface IRelativeScorePlugin : IScorePlugin
{
    /// <summary>Whether the greatest becomes 0.</summary>
    bool IsReversed { get; }

    /// <summary>The score before it is scaled, at least 0.</summary>
    long Raw(PodClass pod, int row);
}
