using System.Collections.Immutable;

namespace K124.Sim.Planning;

/// <summary>A node's resources before and after a plan.</summary>
/// <param name="NodeName">Name of the node.</param>
/// <param name="Resources">cpu, memory, ephemeral-storage and pods, then extended resources by name.</param>
public sealed record NodeUtilization(string NodeName, ImmutableArray<ResourceUtilization> Resources);
