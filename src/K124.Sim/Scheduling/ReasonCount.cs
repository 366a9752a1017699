namespace K124.Sim.Scheduling;

/// <summary>How many nodes gave a reason for not taking a pod.</summary>
/// <param name="Reason">The text that 1.24 prints.</param>
/// <param name="Nodes">Number of nodes; a node counts once for each of its reasons.</param>
public readonly record struct ReasonCount(string Reason, int Nodes);
