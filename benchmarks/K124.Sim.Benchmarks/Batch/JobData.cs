using K124.Sim.Batch.Forecast;
using K124.Sim.Batch.Jobs;
using K124.Sim.Model;

namespace K124.Sim.Benchmarks.Batch;

internal static class JobData
{
    public static readonly DateTimeOffset Start = new(2022, 5, 3, 12, 0, 0, TimeSpan.Zero);

    public static JobFeatureGates Gates => JobFeatureGates.Default with { JobTrackingWithFinalizers = true };

    public static Job NewJob(int completions, int parallelism) => JobStrategy.Create(
        new()
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
        },
        "job-uid", Start, Gates).Job!;

    public static JobSimulation Run(int completions, int parallelism)
    {
        var scenario = new JobScenario { Start = Start, Job = NewJob(completions, parallelism), Gates = Gates, DefaultPodPlan = new() { Outcome = "Succeeded" } };
        var simulation = new JobSimulation(scenario, recordTimeline: false);
        while (!simulation.IsFinished && simulation.NextEventAt is { } next)
        {
            simulation.AdvanceTo(next);
        }

        return simulation;
    }
}
