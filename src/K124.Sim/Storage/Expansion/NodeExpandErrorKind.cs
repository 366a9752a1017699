namespace K124.Sim.Storage.Expansion;

/// <summary>What a failed expansion on a node means for another try.</summary>
public enum NodeExpandErrorKind
{
    /// <summary>The operation is over and has failed.</summary>
    Final,

    /// <summary>The volume cannot be expanded while it is in use; final too.</summary>
    FailedPrecondition,

    /// <summary>It is not known whether the operation will still succeed.</summary>
    Uncertain,
}
