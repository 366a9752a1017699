using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs;

/// <summary>Makes the pods of a Job from its template.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/job (manageJob, indexed_job_utils).</remarks>
internal sealed class JobPodTemplate
{
    private static readonly EnvVar IndexVariable = new()
    {
        Name = JobNames.CompletionIndexVariable,
        ValueFrom = new() { FieldRef = new() { FieldPath = $"metadata.annotations['{JobNames.CompletionIndexAnnotation}']" } },
    };

    private readonly string _jobName;
    private readonly Pod _pod;

    public JobPodTemplate(Job job, bool indexed, bool tracked)
    {
        _jobName = job.Metadata.Name;
        var template = job.Spec.Template;
        var finalizers = template.Metadata.Finalizers;
        _pod = new()
        {
            Metadata = new()
            {
                GenerateName = JobPodNames.Prefix(_jobName),
                Labels = template.Metadata.Labels,
                Annotations = template.Metadata.Annotations,
                Finalizers = tracked && !finalizers.Contains(JobNames.TrackingFinalizer) ? finalizers.Add(JobNames.TrackingFinalizer) : finalizers,
                OwnerReferences = [ReferenceTo(job)],
            },
            Spec = indexed
                ? template.Spec with
                {
                    Containers = WithIndexVariable(template.Spec.Containers),
                    InitContainers = WithIndexVariable(template.Spec.InitContainers),
                }
                : template.Spec,
        };
    }

    /// <param name="index">Completion index; −1 for none.</param>
    public Pod Make(int index) => index < 0 ? _pod : _pod with
    {
        Metadata = _pod.Metadata with
        {
            GenerateName = JobPodNames.Prefix(_jobName, index),
            Annotations = _pod.Metadata.Annotations.With(JobNames.CompletionIndexAnnotation, index.ToString(CultureInfo.InvariantCulture)),
        },
        Spec = _pod.Spec with { Hostname = JobPodNames.Hostname(_jobName, index) },
    };

    public static OwnerReference ReferenceTo(Job job) => new()
    {
        ApiVersion = "batch/v1",
        Kind = "Job",
        Name = job.Metadata.Name,
        Uid = job.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };

    private static ImmutableArray<Container> WithIndexVariable(ImmutableArray<Container> containers) =>
        [.. containers.Select(container => container.Env.Any(variable => variable.Name == JobNames.CompletionIndexVariable)
            ? container
            : container with { Env = container.Env.Add(IndexVariable) })];
}
