using System.Collections.Immutable;

namespace K124.Sim.Kinds;

/// <summary>New usage of a quota.</summary>
/// <param name="Namespace">Namespace of the quota.</param>
/// <param name="Name">Name of the quota.</param>
/// <param name="Used">Members of <c>status.used</c> that change, in canonical form.</param>
internal sealed record QuotaCharge(string Namespace, string Name, ImmutableSortedDictionary<string, string> Used);
