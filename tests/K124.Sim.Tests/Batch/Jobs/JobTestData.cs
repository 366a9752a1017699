using K124.Sim.Batch.Forecast;
using K124.Sim.Batch.Jobs;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Tests.Batch.Jobs;

internal static class JobTestData
{
    public static readonly DateTimeOffset Start = new(2022, 5, 3, 12, 0, 0, TimeSpan.Zero);

    public static JobFeatureGates Gates(bool tracked) => JobFeatureGates.Default with { JobTrackingWithFinalizers = tracked };

    public static Job NewJob(
        int? completions, int parallelism, bool indexed = true, bool tracked = true, int backoffLimit = 6, bool suspend = false, long? deadlineSeconds = null, string restartPolicy = "Never")
    {
        var job = new Job
        {
            Metadata = new() { Name = "job", Namespace = "default" },
            Spec = new()
            {
                Completions = completions,
                Parallelism = parallelism,
                CompletionMode = indexed ? "Indexed" : "NonIndexed",
                BackoffLimit = backoffLimit,
                Suspend = suspend,
                ActiveDeadlineSeconds = deadlineSeconds,
                Template = new() { Spec = new() { RestartPolicy = restartPolicy, Containers = [new() { Name = "main", Image = "registry.example/app:1" }] } },
            },
        };
        var admission = JobStrategy.Create(job, "job-uid", Start, Gates(tracked));
        Assert.Empty(admission.Errors);
        return admission.Job!;
    }

    public static JobScenario Scenario(Job job, PodPlan? plan = null, bool? tracked = null) => new()
    {
        Start = Start,
        Job = job,
        Gates = Gates(tracked ?? job.Metadata.Annotations.ContainsKey(JobNames.TrackingAnnotation)),
        Duration = TimeSpan.FromHours(2),
        DefaultPodPlan = plan,
    };

    public static PodPlan Plan(double runSeconds, string outcome = "Succeeded", double startSeconds = 1, double terminateSeconds = 2, string terminatePhase = "") => new()
    {
        ScheduleAfter = TimeSpan.FromSeconds(0.1),
        StartAfter = TimeSpan.FromSeconds(startSeconds),
        FinishAfter = TimeSpan.FromSeconds(runSeconds),
        Outcome = outcome,
        TerminateAfter = TimeSpan.FromSeconds(terminateSeconds),
        TerminatePhase = terminatePhase,
    };

    public static bool HasCondition(JobStatus status, string type) =>
        status.Conditions.Any(condition => condition.Type == type && condition.Status == "True");
}
