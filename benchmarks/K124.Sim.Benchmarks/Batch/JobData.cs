using K124.Sim.Batch.Forecast;
using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Benchmarks.Batch;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

internal static class JobData
{
    public static readonly DateTimeOffset Start = new(2022, 5, 3, 12, 0, 0, TimeSpan.Zero);

    public static ClusterProfile Profile { get; } = ClusterProfile.Default.With("JobTrackingWithFinalizers", true);

    public static Job NewJob(int completions, int parallelism) => new ControlPlane(
        Cluster.Of(new Namespace { Metadata = new() { Name = "default" } }), new() { Profile = Profile, Start = Start }).Create(new Job
        {
            Metadata = new() { Name = "job", Namespace = "default" },
            Spec = new()
            {
                Completions = completions,
                Parallelism = parallelism,
                BackoffLimit = completions,
                CompletionMode = "Indexed",
                Template = new() { Spec = new() { RestartPolicy = "Never", Containers = [new() { Name = "main", Image = "registry.example/app:1" }] } },
            },
        }).Value!;

    public static JobSimulation Run(int completions, int parallelism)
    {
        var scenario = new JobScenario { Start = Start, Job = NewJob(completions, parallelism), Profile = Profile, DefaultPodPlan = new() { Outcome = "Succeeded" } };
        var simulation = new JobSimulation(scenario, JobRecording.Counters);
        while (!simulation.IsFinished && simulation.NextEventAt is { } next)
        {
            simulation.AdvanceTo(next);
        }

        return simulation;
    }
}
