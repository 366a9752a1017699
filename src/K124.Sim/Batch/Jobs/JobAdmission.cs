using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs;

/// <summary>What the API server makes of a request about a Job.</summary>
/// <param name="Job">The Job as stored; null if the request is refused.</param>
/// <param name="Errors">Why it is refused, each error once; empty if it is not.</param>
public sealed record JobAdmission(Job? Job, ImmutableArray<FieldError> Errors);
