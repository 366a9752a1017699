using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Algorithm;

/// <summary>The resources that a score looks at for one class of pods, and what nodes would have of them in use with such a pod.</summary>
internal sealed class ScoredAmounts(NodeTable nodes, ScoredAmount[] amounts)
{
    public int Count => amounts.Length;

    /// <summary>Adds all that tells these amounts from others of the plugin.</summary>
    public void AddTo(List<long> key)
    {
        key.Add(amounts.Length);
        foreach (var amount in amounts)
        {
            key.Add(amount.Resource);
            key.Add(amount.Request);
        }
    }

    /// <summary>The native amounts of a node, to read several from.</summary>
    public ref readonly NodeAmounts Node(int row) => ref nodes.Amounts(row);

    public long WeightOf(int index) => amounts[index].Weight;

    /// <summary>Reads a node's amounts as if the pod were there.</summary>
    /// <returns>False if the node has none of the resource, which then does not count.</returns>
    public bool TryRead(int index, int row, in NodeAmounts node, out long allocatable, out long requested)
    {
        ref readonly var amount = ref amounts[index];
        var isNative = amount.Resource < ResourceNames.FirstScalar;
        allocatable = isNative ? node.Allocatable[amount.Resource] : nodes.Allocatable(amount.Resource, row);
        requested = amount.Request + amount.Column switch
        {
            RequestColumn.NonZeroCpu => node.NonZeroCpuMilli,
            RequestColumn.NonZeroMemory => node.NonZeroMemoryBytes,
            _ => isNative ? node.Requested[amount.Resource] : nodes.Requested(amount.Resource, row),
        };
        return allocatable != 0;
    }
}

/// <summary>A resource in a score.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Request">What the pod asks for.</param>
/// <param name="Weight">Its weight among the others.</param>
/// <param name="Column">Where it stands what the pods on a node ask for.</param>
internal readonly record struct ScoredAmount(int Resource, long Request, long Weight, RequestColumn Column);

/// <summary>Sums over the pods on a node.</summary>
internal enum RequestColumn
{
    /// <summary>What they ask for.</summary>
    Requested,

    /// <summary>CPU, with the default for pods that ask for none.</summary>
    NonZeroCpu,

    /// <summary>Memory, with the default for pods that ask for none.</summary>
    NonZeroMemory,
}
