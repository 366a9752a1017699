namespace K124.Sim.Scheduling;

/// <summary>Which of the nodes with the greatest score is chosen; Kubernetes draws one at random.</summary>
public enum TieBreak
{
    /// <summary>The node that was examined first in this attempt.</summary>
    FirstInOrder,

    /// <summary>The node whose name comes first in ordinal order.</summary>
    FirstByName,

    /// <summary>A node drawn by the seeded generator: one draw for each set of two or more, uniform over the order of examination.</summary>
    Seeded,
}
