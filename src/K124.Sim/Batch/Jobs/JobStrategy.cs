using System.Globalization;
using K124.Sim.Kinds.Validation;
using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs;

/// <summary>What the API server does with a Job on create and update: defaults, generated fields, validation.</summary>
/// <remarks>Pod templates are checked as far as Jobs ask: containers and the restart policy. Kubernetes 1.24 pkg/registry/batch/job,
/// pkg/apis/batch/v1, pkg/apis/batch/validation, KEP-2926.</remarks>
public static class JobStrategy
{
    /// <summary>Creates a Job.</summary>
    /// <param name="job">The Job as sent.</param>
    /// <param name="uid">The UID that the server gives it.</param>
    /// <param name="createdAt">When it is created.</param>
    /// <param name="gates">Feature gates; the defaults of 1.24 if null.</param>
    /// <returns>The stored Job, or why it is refused.</returns>
    public static JobAdmission Create(Job job, string uid, DateTimeOffset createdAt, JobFeatureGates? gates = null)
    {
        ArgumentNullException.ThrowIfNull(job);
        gates ??= JobFeatureGates.Default;
        var hasOwnLabels = job.Metadata.Labels.Count > 0;
        job = JobDefaults.Apply(job);
        var annotations = gates.JobTrackingWithFinalizers
            ? job.Metadata.Annotations.With(JobNames.TrackingAnnotation, "")
            : job.Metadata.Annotations.Without(JobNames.TrackingAnnotation);
        job = job with
        {
            Metadata = job.Metadata with { Uid = uid, CreationTimestamp = createdAt, Generation = 1, ResourceVersion = "", Annotations = annotations },
            Status = new(),
        };
        if (job.Spec.ManualSelector != true)
        {
            job = GenerateSelector(job, hasOwnLabels);
        }

        var errors = new FieldErrors();
        JobValidation.Validate(job, mayTrack: gates.JobTrackingWithFinalizers, errors);
        return Admit(job, errors);
    }

    /// <summary>Updates a Job.</summary>
    /// <param name="stored">The stored Job.</param>
    /// <param name="update">The Job as sent.</param>
    /// <param name="gates">Feature gates; the defaults of 1.24 if null.</param>
    /// <returns>The stored Job after the update, or why it is refused.</returns>
    public static JobAdmission Update(Job stored, Job update, JobFeatureGates? gates = null)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(update);
        gates ??= JobFeatureGates.Default;
        stored = JobDefaults.Apply(stored);
        var job = JobDefaults.Apply(update);
        var wasTracked = stored.Metadata.Annotations.ContainsKey(JobNames.TrackingAnnotation);
        job = job with
        {
            Status = stored.Status,
            Metadata = KeepSystemFields(job.Metadata, stored.Metadata) with
            {
                Generation = stored.Metadata.Generation + (job.Spec == stored.Spec ? 0 : 1),
                Annotations = !gates.JobTrackingWithFinalizers && !wasTracked
                    ? job.Metadata.Annotations.Without(JobNames.TrackingAnnotation)
                    : job.Metadata.Annotations,
            },
        };

        var errors = new FieldErrors();
        JobValidation.Validate(job, mayTrack: wasTracked, errors);
        var mayMove = gates.JobMutableNodeSchedulingDirectives && stored.Spec.Suspend == true && stored.Status.StartTime is null;
        JobValidation.ValidateUpdate(job, stored, mayMove, errors);
        return Admit(job, errors);
    }

    /// <summary>Updates the status of a Job.</summary>
    /// <param name="stored">The stored Job.</param>
    /// <param name="update">The Job as sent; its specification is not looked at.</param>
    /// <returns>The stored Job after the update, or why it is refused.</returns>
    public static JobAdmission UpdateStatus(Job stored, Job update)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(update);
        stored = JobDefaults.Apply(stored);
        var job = JobDefaults.Apply(update);
        job = job with { Spec = stored.Spec, Metadata = KeepSystemFields(job.Metadata, stored.Metadata) };
        var errors = new FieldErrors();
        JobValidation.ValidateMetadataUpdate(job.Metadata, stored.Metadata, errors);
        JobValidation.ValidateStatus(job.Status, errors);
        return Admit(job, errors);
    }

    /// <summary>What field selectors see of a Job: its name, its namespace and <c>status.successful</c>, the count of succeeded pods.</summary>
    /// <param name="job">The stored Job.</param>
    /// <returns>Values by field.</returns>
    public static StringMap<string> SelectableFields(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return StringMap.Of(
            ("metadata.name", job.Metadata.Name),
            ("metadata.namespace", job.Metadata.Namespace),
            ("status.successful", job.Status.Succeeded.ToString(CultureInfo.InvariantCulture)));
    }

    private static JobAdmission Admit(Job job, FieldErrors errors)
    {
        var found = errors.ToImmutable();
        return new(found.IsEmpty ? job : null, found);
    }

    private static Job GenerateSelector(Job job, bool hasOwnLabels)
    {
        var template = job.Spec.Template;
        var labels = template.Metadata.Labels;
        labels = WithIfAbsent(labels, JobNames.JobNameLabel, job.Metadata.Name);
        labels = WithIfAbsent(labels, JobNames.ControllerUidLabel, job.Metadata.Uid);
        var selector = job.Spec.Selector ?? new();
        selector = selector with { MatchLabels = WithIfAbsent(selector.MatchLabels, JobNames.ControllerUidLabel, job.Metadata.Uid) };

        // A Job without labels of its own shows its template's, the generated ones included.
        return job with
        {
            Metadata = job.Metadata with { Labels = hasOwnLabels ? job.Metadata.Labels : labels },
            Spec = job.Spec with { Selector = selector, Template = template with { Metadata = template.Metadata with { Labels = labels } } },
        };
    }

    private static StringMap<string> WithIfAbsent(StringMap<string> map, string key, string value) =>
        map.ContainsKey(key) ? map : map.With(key, value);

    private static ObjectMeta KeepSystemFields(ObjectMeta sent, ObjectMeta stored) => sent with
    {
        Uid = sent.Uid.Length == 0 ? stored.Uid : sent.Uid,
        CreationTimestamp = stored.CreationTimestamp,
        DeletionTimestamp = stored.DeletionTimestamp,
        DeletionGracePeriodSeconds = stored.DeletionGracePeriodSeconds,
        Generation = stored.Generation,
    };
}
