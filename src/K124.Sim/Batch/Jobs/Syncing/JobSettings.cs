using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>What the controller reads from the metadata and specification of a Job, with defaults.</summary>
/// <remarks>A sync holds on to the settings with which it began, whatever its Job becomes in the meantime.</remarks>
internal sealed class JobSettings
{
    private const int DefaultBackoffLimit = 6;
    private const long MostSeconds = long.MaxValue / TimeSpan.TicksPerSecond / 2;

    public JobSettings(Job job, FeatureGates gates)
    {
        var spec = job.Spec;
        Key = $"{job.Metadata.Namespace}/{job.Metadata.Name}";
        HasKnownMode = spec.CompletionMode is null or JobNames.NonIndexed or JobNames.Indexed;
        Indexed = spec.CompletionMode == JobNames.Indexed;
        Completions = Indexed ? spec.Completions ?? 0 : spec.Completions;
        Parallelism = spec.Parallelism ?? 1;
        BackoffLimit = spec.BackoffLimit ?? DefaultBackoffLimit;
        Suspended = spec.Suspend == true;
        Deleting = job.Metadata.DeletionTimestamp is not null;
        HasTrackingAnnotation = job.Metadata.Annotations.ContainsKey(JobNames.TrackingAnnotation);
        Tracked = HasTrackingAnnotation && gates.IsEnabled(JobNames.TrackingGate);
        CountsReadyPods = gates.IsEnabled(JobNames.ReadyPodsGate);
        RestartsOnFailure = spec.Template.Spec.RestartPolicy == "OnFailure";
        ActiveDeadline = spec.ActiveDeadlineSeconds is { } seconds
            ? new(Math.Clamp(seconds, -MostSeconds, MostSeconds) * TimeSpan.TicksPerSecond)
            : null;
    }

    /// <summary>Namespace and name.</summary>
    public string Key { get; }

    public bool HasKnownMode { get; }

    public bool Indexed { get; }

    /// <summary>Null for a work queue.</summary>
    public int? Completions { get; }

    public int Parallelism { get; }

    public int BackoffLimit { get; }

    public bool Suspended { get; }

    public bool Deleting { get; }

    public bool HasTrackingAnnotation { get; }

    /// <summary>Whether finished pods are counted by their finalizers.</summary>
    public bool Tracked { get; }

    public bool CountsReadyPods { get; }

    public bool RestartsOnFailure { get; }

    public TimeSpan? ActiveDeadline { get; }
}
