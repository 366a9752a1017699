using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs;

/// <summary>Defaults of Jobs, CronJobs and pod templates.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/batch/v1 and pkg/apis/core/v1 (defaults).</remarks>
internal static class JobDefaults
{
    private const int DefaultBackoffLimit = 6;

    public static Job Apply(Job job)
    {
        var spec = job.Spec;
        var nothingGiven = spec.Completions is null && spec.Parallelism is null;
        var labels = job.Metadata.Labels.Count == 0 ? spec.Template.Metadata.Labels : job.Metadata.Labels;
        return job with
        {
            Metadata = job.Metadata with { Labels = labels },
            Spec = spec with
            {
                Completions = nothingGiven ? 1 : spec.Completions,
                Parallelism = spec.Parallelism ?? 1,
                BackoffLimit = spec.BackoffLimit ?? DefaultBackoffLimit,
                CompletionMode = spec.CompletionMode ?? JobNames.NonIndexed,
                Suspend = spec.Suspend ?? false,
                Template = Apply(spec.Template),
            },
        };
    }

    public static CronJobSpec Apply(CronJobSpec spec)
    {
        const int KeptSuccessfulJobs = 3;
        const int KeptFailedJobs = 1;
        return spec with
        {
            ConcurrencyPolicy = spec.ConcurrencyPolicy.Length == 0 ? "Allow" : spec.ConcurrencyPolicy,
            Suspend = spec.Suspend ?? false,
            SuccessfulJobsHistoryLimit = spec.SuccessfulJobsHistoryLimit ?? KeptSuccessfulJobs,
            FailedJobsHistoryLimit = spec.FailedJobsHistoryLimit ?? KeptFailedJobs,
            JobTemplate = spec.JobTemplate with
            {
                Spec = spec.JobTemplate.Spec with { Template = Apply(spec.JobTemplate.Spec.Template) },
            },
        };
    }

    private static PodTemplateSpec Apply(PodTemplateSpec template)
    {
        const int GracePeriodSeconds = 30;
        var spec = template.Spec;
        return template with
        {
            Spec = spec with
            {
                RestartPolicy = Or(spec.RestartPolicy, "Always"),
                DnsPolicy = Or(spec.DnsPolicy, "ClusterFirst"),
                SchedulerName = Or(spec.SchedulerName, "default-scheduler"),
                TerminationGracePeriodSeconds = spec.TerminationGracePeriodSeconds ?? GracePeriodSeconds,
                Containers = [.. spec.Containers.Select(container => Apply(container, spec.HostNetwork))],
                InitContainers = [.. spec.InitContainers.Select(container => Apply(container, spec.HostNetwork))],
            },
        };
    }

    private static Container Apply(Container container, bool hostNetwork) => container with
    {
        Ports = [.. container.Ports.Select(port => port with
        {
            Protocol = Or(port.Protocol, "TCP"),
            HostPort = hostNetwork && port.HostPort == 0 ? port.Port : port.HostPort,
        })],
        Env = [.. container.Env.Select(WithFieldVersion)],
        ImagePullPolicy = Or(container.ImagePullPolicy, HasLatestTag(container.Image) ? "Always" : "IfNotPresent"),
        TerminationMessagePath = Or(container.TerminationMessagePath, "/dev/termination-log"),
        TerminationMessagePolicy = Or(container.TerminationMessagePolicy, "File"),
    };

    private static EnvVar WithFieldVersion(EnvVar variable) => variable.ValueFrom is { FieldRef: { ApiVersion: "" } field } source
        ? variable with { ValueFrom = source with { FieldRef = field with { ApiVersion = "v1" } } }
        : variable;

    /// <summary>Whether the image names no digest and either no tag or <c>latest</c>.</summary>
    private static bool HasLatestTag(string image)
    {
        if (image.Contains('@', StringComparison.Ordinal))
        {
            return false;
        }

        var name = image.AsSpan(image.LastIndexOf('/') + 1);
        var colon = name.IndexOf(':');
        return colon < 0 || name[(colon + 1)..] is "latest";
    }

    private static string Or(string value, string otherwise) => value.Length == 0 ? otherwise : value;
}
