namespace K124.Sim.Patching.Fields;

/// <summary>What a step of a path names; the order is that of the recorded sets.</summary>
internal enum PathElementKind
{
    /// <summary>A member of an object.</summary>
    Field,

    /// <summary>The element of a list with the given members.</summary>
    Key,

    /// <summary>The element of a set with the given value.</summary>
    Value,

    /// <summary>The element of a list at the given index.</summary>
    Index,
}
