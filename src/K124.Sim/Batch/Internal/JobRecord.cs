using K124.Sim.Model;

namespace K124.Sim.Batch.Internal;

/// <summary>Everything the controller holds about one Job: its cached object, its pods and its bookkeeping.</summary>
internal sealed class JobRecord
{
    public JobRecord(Job job, JobFeatureGates gates)
    {
        Gates = gates;
        Object = job;
        Pods = new(Indexed, Completions ?? 0, Tracked);
    }

    public JobFeatureGates Gates { get; }

    /// <summary>Metadata and specification; the status stands in <see cref="Status"/>.</summary>
    public Job Object
    {
        get;
        set
        {
            field = value;
            var spec = value.Spec;
            Indexed = spec.CompletionMode == JobNames.Indexed;
            Completions = Indexed ? spec.Completions ?? 0 : spec.Completions;
            Parallelism = spec.Parallelism ?? 1;
            BackoffLimit = spec.BackoffLimit ?? DefaultBackoffLimit;
            Suspended = spec.Suspend == true;
            Deleting = value.Metadata.DeletionTimestamp is not null;
            HasTrackingAnnotation = value.Metadata.Annotations.ContainsKey(JobNames.TrackingAnnotation);
        }
    }

    public JobStatusColumns Status { get; } = new();

    public JobPodTable Pods { get; }

    public JobMetrics Metrics { get; } = new();

    public bool Indexed { get; private set; }

    public int? Completions { get; private set; }

    public int Parallelism { get; private set; }

    public int BackoffLimit { get; private set; }

    public bool Suspended { get; private set; }

    public bool Deleting { get; private set; }

    public bool HasTrackingAnnotation { get; private set; }

    public bool Tracked => HasTrackingAnnotation && Gates.JobTrackingWithFinalizers;

    public string Key => $"{Object.Metadata.Namespace}/{Object.Metadata.Name}";

    private const int DefaultBackoffLimit = 6;

    // A field, not a property: the counters change in place.
#pragma warning disable CA1051
    public JobExpectations Expectations;
#pragma warning restore CA1051
}
