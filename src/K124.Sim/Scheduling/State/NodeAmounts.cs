using System.Runtime.CompilerServices;

namespace K124.Sim.Scheduling.State;

/// <summary>What a node has to give, and what the pods on it ask for; side by side, since a decision reads all of it.</summary>
internal struct NodeAmounts
{
    /// <summary>Number of changes of the amounts, and of the pods on the node.</summary>
    public int Version;

    /// <summary>Number of pods that the node takes.</summary>
    public long AllowedPods;

    /// <summary>Allocatable amounts of the native resources.</summary>
    public NativeAmounts Allocatable;

    /// <summary>What the pods ask for of the native resources.</summary>
    public NativeAmounts Requested;

    /// <summary>CPU that the pods ask for, with the default for those that ask for none.</summary>
    public long NonZeroCpuMilli;

    /// <summary>Memory that the pods ask for, with the default for those that ask for none.</summary>
    public long NonZeroMemoryBytes;
}

/// <summary>An amount of each native resource, by the resource's id.</summary>
[InlineArray(ResourceNames.FirstScalar)]
internal struct NativeAmounts
{
    private long _first;
}

/// <summary>What a node has to give of a scalar resource, and what the pods on it ask for.</summary>
internal struct ScalarAmounts
{
    public long Allocatable;

    public long Requested;
}
