using System.Collections.Immutable;

namespace K124.Sim.Planning.Bounds;

/// <summary>Room for pods in a <see cref="Certificate"/>: a node of a template, or the free room of nodes that are there.</summary>
/// <param name="Name">What tells people which nodes they are.</param>
/// <param name="Capacity">What it has, resource by resource.</param>
/// <param name="Cost">What one costs, in parts of <see cref="Certificate.Scale"/>; 0 for what is there.</param>
/// <param name="Limit">How many there are; null for as many as one likes.</param>
/// <param name="Refuses">Positions of the shapes that it does not take, whatever room it has.</param>
/// <param name="Worth">What no packing of it is worth more than.</param>
public sealed record CertificateBin(string Name, ImmutableArray<long> Capacity, long Cost, int? Limit, ImmutableArray<int> Refuses, long Worth);
