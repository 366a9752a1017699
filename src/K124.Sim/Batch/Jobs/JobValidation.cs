using System.Globalization;
using K124.Sim.Kinds.Validation;
using K124.Sim.Model;
using K124.Sim.Model.Selectors;
using K124.Sim.Text;

namespace K124.Sim.Batch.Jobs;

/// <summary>Validation of Jobs.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/batch/validation.</remarks>
internal static class JobValidation
{
    private const int MostParallelismIndexed = 100_000;

    public static void Validate(Job job, bool mayTrack, FieldErrors errors)
    {
        ValidateMetadata(job.Metadata, errors);
        ValidateGeneratedSelector(job, errors);
        ValidateSpec(job.Spec, "spec", errors);
        ValidateSelector(job.Spec, errors);
        if (!mayTrack && job.Metadata.Annotations.ContainsKey(JobNames.TrackingAnnotation))
        {
            errors.Forbidden($"metadata.annotations[{JobNames.TrackingAnnotation}]", "cannot add this annotation");
        }

        var spec = job.Spec;
        if (spec.CompletionMode == JobNames.Indexed && spec.Completions is > 0)
        {
            var hostname = JobPodNames.Hostname(job.Metadata.Name, spec.Completions.Value - 1);
            if (NameRules.DnsLabel(hostname).Length > 0)
            {
                errors.Invalid("metadata.name", job.Metadata.Name, $"will not able to create pod with invalid DNS label: {hostname}");
            }
        }
    }

    /// <summary>Checks a specification apart from its selector.</summary>
    public static void ValidateSpec(JobSpec spec, string path, FieldErrors errors)
    {
        ValidateNumbers(spec, path, errors);
        PodTemplateValidation.Validate(spec.Template, $"{path}.template", errors);
    }

    /// <summary>Checks the numbers of a specification, and the mode that they are meant in.</summary>
    public static void ValidateNumbers(JobSpec spec, string path, FieldErrors errors)
    {
        errors.NotNegative($"{path}.parallelism", spec.Parallelism);
        errors.NotNegative($"{path}.completions", spec.Completions);
        errors.NotNegative($"{path}.activeDeadlineSeconds", spec.ActiveDeadlineSeconds);
        errors.NotNegative($"{path}.backoffLimit", spec.BackoffLimit);
        errors.NotNegative($"{path}.ttlSecondsAfterFinished", spec.TtlSecondsAfterFinished);
        if (spec.CompletionMode is { } mode and not (JobNames.NonIndexed or JobNames.Indexed))
        {
            errors.NotSupported($"{path}.completionMode", mode, JobNames.NonIndexed, JobNames.Indexed);
        }

        if (spec.CompletionMode == JobNames.Indexed)
        {
            if (spec.Completions is null)
            {
                errors.Required($"{path}.completions", "when completion mode is Indexed");
            }

            if (spec.Parallelism > MostParallelismIndexed)
            {
                errors.Invalid(
                    $"{path}.parallelism", spec.Parallelism.Value,
                    $"must be less than or equal to {MostParallelismIndexed} when completion mode is Indexed");
            }
        }
    }

    public static void ValidateUpdate(Job job, Job stored, bool mayMove, FieldErrors errors)
    {
        ValidateMetadataUpdate(job.Metadata, stored.Metadata, errors);
        var spec = job.Spec;
        if (spec.Completions != stored.Spec.Completions)
        {
            errors.ImmutablePrinted("spec.completions", spec.Completions?.ToString(CultureInfo.InvariantCulture) ?? "null");
        }

        if (spec.Selector != stored.Spec.Selector)
        {
            errors.ImmutablePrinted("spec.selector", spec.Selector is { } selector ? SelectorText.Selector(selector) : "null");
        }

        var template = mayMove ? WithDirectivesOf(stored.Spec.Template, spec.Template) : stored.Spec.Template;
        if (spec.Template != template)
        {
            errors.ImmutablePrinted("spec.template", "(template)");
        }

        if (spec.CompletionMode != stored.Spec.CompletionMode)
        {
            errors.ImmutablePrinted("spec.completionMode", spec.CompletionMode is { } mode ? GoText.Quote(mode) : "null");
        }
    }

    public static void ValidateMetadata(ObjectMeta metadata, FieldErrors errors)
    {
        if (metadata.Name.Length == 0)
        {
            if (metadata.GenerateName.Length == 0)
            {
                errors.Required("metadata.name", "name or generateName is required");
            }
        }
        else
        {
            errors.InvalidAll("metadata.name", metadata.Name, NameRules.Subdomain(metadata.Name));
        }

        LabelValidation.ValidateLabels(metadata.Labels, "metadata.labels", errors);
    }

    public static void ValidateMetadataUpdate(ObjectMeta metadata, ObjectMeta stored, FieldErrors errors)
    {
        KeepSame("metadata.name", metadata.Name, stored.Name);
        KeepSame("metadata.namespace", metadata.Namespace, stored.Namespace);
        KeepSame("metadata.uid", metadata.Uid, stored.Uid);

        void KeepSame(string field, string value, string storedValue)
        {
            if (value != storedValue)
            {
                errors.ImmutablePrinted(field, GoText.Quote(value));
            }
        }
    }

    public static void ValidateStatus(JobStatus status, FieldErrors errors)
    {
        errors.NotNegative("status.active", status.Active);
        errors.NotNegative("status.succeeded", status.Succeeded);
        errors.NotNegative("status.failed", status.Failed);
        errors.NotNegative("status.ready", status.Ready);
        if (status.UncountedTerminatedPods is not { } uncounted)
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, uids) in new[] { ("succeeded", uncounted.Succeeded), ("failed", uncounted.Failed) })
        {
            for (var i = 0; i < uids.Length; i++)
            {
                var field = $"status.uncountedTerminatedPods.{name}[{i}]";
                if (uids[i].Length == 0)
                {
                    errors.Invalid(field, "", "must not be empty");
                }
                else if (!seen.Add(uids[i]))
                {
                    errors.Duplicate(field, uids[i]);
                }
            }
        }
    }

    private static void ValidateGeneratedSelector(Job job, FieldErrors errors)
    {
        if (job.Spec.ManualSelector == true || job.Spec.Selector is not { } selector)
        {
            return;
        }

        var labels = job.Spec.Template.Metadata.Labels;
        RequireLabel(JobNames.ControllerUidLabel, job.Metadata.Uid);
        RequireLabel(JobNames.JobNameLabel, job.Metadata.Name);
        var generated = StringMap<string>.Empty.With(JobNames.ControllerUidLabel, job.Metadata.Uid).With(JobNames.JobNameLabel, job.Metadata.Name);
        if (CompiledSelector.TryCompile(selector, out _)?.Matches(generated) == false)
        {
            errors.InvalidPrinted("spec.selector", SelectorText.Selector(selector), "`selector` not auto-generated");
        }

        void RequireLabel(string key, string value)
        {
            var field = $"spec.template.metadata.labels[{key}]";
            if (!labels.TryGetValue(key, out var actual))
            {
                errors.Required(field, $"must be '{value}'");
            }
            else if (actual != value)
            {
                errors.InvalidPrinted(field, SelectorText.Map(labels), $"must be '{value}'");
            }
        }
    }

    public static void ValidateSelector(JobSpec spec, FieldErrors errors)
    {
        if (spec.Selector is null)
        {
            errors.Required("spec.selector");
        }
        else
        {
            LabelValidation.ValidateSelector(spec.Selector, "spec.selector", errors);
        }

        var labels = spec.Template.Metadata.Labels;
        if (CompiledSelector.TryCompile(spec.Selector, out _)?.Matches(labels) == false)
        {
            errors.InvalidPrinted("spec.template.metadata.labels", SelectorText.Map(labels), "`selector` does not match template `labels`");
        }
    }

    /// <summary>The stored template with the scheduling directives that the update may change.</summary>
    private static PodTemplateSpec WithDirectivesOf(PodTemplateSpec stored, PodTemplateSpec update) => stored with
    {
        Metadata = stored.Metadata with { Annotations = update.Metadata.Annotations, Labels = update.Metadata.Labels },
        Spec = stored.Spec with
        {
            NodeSelector = update.Spec.NodeSelector,
            Tolerations = update.Spec.Tolerations,
            Affinity = AffinityFor(stored.Spec.Affinity, update.Spec.Affinity),
        },
    };

    private static Affinity? AffinityFor(Affinity? stored, Affinity? update)
    {
        if (update is null)
        {
            var rest = stored is null ? null : stored with { NodeAffinity = null };
            return rest == new Affinity() ? null : rest;
        }

        return (stored ?? new Affinity()) with { NodeAffinity = update.NodeAffinity };
    }
}
