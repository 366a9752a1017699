namespace K124.Sim.Scheduling;

/// <summary>Which of the nodes with the greatest score is chosen; Kubernetes draws one at random.</summary>
public enum TieBreak
{
    /// <summary>The node whose name comes first in ordinal order.</summary>
    FirstByName,

    /// <summary>The node that was examined first in this attempt.</summary>
    FirstInOrder,

    /// <summary>A node drawn by the seeded generator, each with the same probability.</summary>
    Seeded,
}
