using System.Collections.Immutable;

namespace K124.Sim.Planning.Bounds;

/// <summary>Pods of a <see cref="Certificate"/> that ask for the same.</summary>
/// <param name="Name">What tells people which pods they are.</param>
/// <param name="Count">Number of pods.</param>
/// <param name="Requests">What each asks for, resource by resource.</param>
/// <param name="Worth">What each is worth, in the unit of <see cref="CertificateBin.Cost"/>.</param>
public sealed record CertificateShape(string Name, int Count, ImmutableArray<long> Requests, long Worth);
