using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Batch.CronJobs;

/// <summary>What the API server makes of a request about a CronJob.</summary>
/// <param name="CronJob">The CronJob with defaults applied; null if the request is refused.</param>
/// <param name="Errors">Why it is refused; empty if it is not.</param>
public sealed record CronJobAdmission(CronJob? CronJob, ImmutableArray<FieldError> Errors);
