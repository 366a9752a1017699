namespace K124.Sim.Planning.Room;

/// <summary>Nodes that have the same: instance type, allocatable amounts, taints, and whether they take pods at all.</summary>
/// <param name="Name">The instance type, or the amounts of cpu and memory, with the taints.</param>
/// <param name="Nodes">How many nodes.</param>
public sealed record NodeClass(string Name, int Nodes);
