using System.Text.Json.Serialization;
using K124.Sim.Batch.Forecast;

namespace K124.Sim.Batch.Jobs;

/// <summary>The feature gates that Jobs and CronJobs read; each starts at its 1.24 default.</summary>
[JsonConverter(typeof(JobFeatureGatesConverter))]
public sealed record JobFeatureGates
{
    /// <summary>The defaults of Kubernetes 1.24.</summary>
    public static JobFeatureGates Default { get; } = new();

    /// <summary>Counts finished pods by their finalizers (KEP-2307).</summary>
    /// <value>False by default.</value>
    public bool JobTrackingWithFinalizers { get; init; }

    /// <summary>Counts ready pods, and batches pod events for one second (KEP-2879).</summary>
    /// <value>True by default.</value>
    public bool JobReadyPods { get; init; } = true;

    /// <summary>Lets the scheduling directives of a suspended Job that never started change (KEP-2926).</summary>
    /// <value>True by default.</value>
    public bool JobMutableNodeSchedulingDirectives { get; init; } = true;

    /// <summary>Keeps the time zone of a CronJob (KEP-3140).</summary>
    /// <value>False by default.</value>
    public bool CronJobTimeZone { get; init; }

    /// <returns>The gates with one of them set, or null if there is no such gate.</returns>
    internal JobFeatureGates? With(string name, bool on) => name switch
    {
        nameof(JobTrackingWithFinalizers) => this with { JobTrackingWithFinalizers = on },
        nameof(JobReadyPods) => this with { JobReadyPods = on },
        nameof(JobMutableNodeSchedulingDirectives) => this with { JobMutableNodeSchedulingDirectives = on },
        nameof(CronJobTimeZone) => this with { CronJobTimeZone = on },
        _ => null,
    };
}
