namespace K124.Sim.Scheduling.Internal;

/// <summary>The resources that a score looks at for one class of pods, and what nodes would have of them in use with such a pod.</summary>
internal sealed class ScoredAmounts(NodeTable nodes, ScoredAmount[] amounts)
{
    public int Count => amounts.Length;

    public long WeightOf(int index) => amounts[index].Weight;

    /// <summary>Reads a node's amounts as if the pod were there.</summary>
    /// <returns>False if the node has none of the resource, which then does not count.</returns>
    public bool TryRead(int index, int row, out long allocatable, out long requested)
    {
        ref readonly var amount = ref amounts[index];
        allocatable = nodes.Allocatable(amount.Resource, row);
        requested = amount.Request + amount.Column switch
        {
            RequestColumn.NonZeroCpu => nodes.Amounts(row).NonZeroCpuMilli,
            RequestColumn.NonZeroMemory => nodes.Amounts(row).NonZeroMemoryBytes,
            _ => nodes.Requested(amount.Resource, row),
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
