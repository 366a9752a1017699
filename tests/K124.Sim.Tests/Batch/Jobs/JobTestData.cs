using K124.Sim.Batch.Forecast;
using K124.Sim.Batch.Jobs;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Pods;

namespace K124.Sim.Tests.Batch.Jobs;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

internal static class JobTestData
{
    public static readonly DateTimeOffset Start = new(2022, 5, 3, 12, 0, 0, TimeSpan.Zero);

    public static ClusterProfile Profile(bool tracked) => ClusterProfile.Default.With("JobTrackingWithFinalizers", tracked);

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
        var space = new Namespace { Metadata = new() { Name = "default" } };
        var result = new ControlPlane(Cluster.Of(space), new() { Profile = Profile(tracked), Start = Start }).Create(job);
        Assert.Null(result.Status);
        return result.Value!;
    }

    public static JobScenario Scenario(Job job, PodPlan? plan = null, bool? tracked = null) => new()
    {
        Start = Start,
        Job = job,
        Profile = Profile(tracked ?? job.Metadata.Annotations.ContainsKey(JobNames.TrackingAnnotation)),
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
