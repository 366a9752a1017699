using K124.Sim.Patching.Fields;

namespace K124.Sim.Patching.Apply;

/// <summary>What one manager owns.</summary>
/// <param name="Fields">The fields.</param>
/// <param name="ApiVersion">Version in which the fields are named.</param>
/// <param name="Time">When the set last changed, as it is written; empty if that is not told.</param>
internal sealed record ManagedEntry(FieldSet Fields, string ApiVersion, string Time);
