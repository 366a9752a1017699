namespace K124.Sim.Planning.Failures;

/// <summary>What is lost at a time.</summary>
public enum FailureScope
{
    /// <summary>One node.</summary>
    Node,

    /// <summary>Two nodes.</summary>
    TwoNodes,

    /// <summary>All nodes that have the same value of a label: a zone, a rack, a power line.</summary>
    Domain,
}
