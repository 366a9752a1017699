namespace K124.Sim.Scheduling;

/// <summary>One resource of a node as the scheduler counts it.</summary>
internal readonly record struct NodeResource(string Resource, long Allocatable, long Requested);
