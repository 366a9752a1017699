namespace K124.Sim.Planning;

/// <summary>How many replicas a plan puts on a node.</summary>
/// <param name="NodeName">Name of the node.</param>
/// <param name="Replicas">Number of replicas, at least 1.</param>
public readonly record struct NodeReplicas(string NodeName, int Replicas);
