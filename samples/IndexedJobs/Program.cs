using K124.Sim;
using K124.Sim.Batch.Forecast;
using K124.Sim.ControlPlane;
using K124.Sim.Model;

// A queue of suspended Indexed Jobs shares 40 slots. Two policies of our own release them: first come first served, and shortest
// first. The Job controller's decisions are those of Kubernetes 1.24; time is virtual, and the seed fixes every figure.
const ulong Seed = 2022;
const int Slots = 40;
var start = new DateTimeOffset(2022, 5, 3, 12, 0, 0, TimeSpan.Zero);

Console.WriteLine("policy            job      released  finished  waited");
foreach (var (name, order) in new (string, Func<QueuedJob, long>)[]
{
    ("first come", job => job.Number),
    ("shortest first", job => job.ExpectedSeconds),
})
{
    var queue = CreateQueue();
    Drive(queue, order);
    foreach (var job in queue)
    {
        Console.WriteLine($"{name,-16}  {job.Name,-7}  {Clock(job.ReleasedAt)}  {Clock(job.FinishedAt)}  {(job.ReleasedAt - start).TotalSeconds,5:F0} s");
    }

    Console.WriteLine($"{name,-16}  mean time to completion {queue.Average(job => (job.FinishedAt - start).TotalSeconds):F0} s, last at {Clock(queue.Max(job => job.FinishedAt))}");
}

void Drive(List<QueuedJob> queue, Func<QueuedJob, long> order)
{
    var now = start;
    while (queue.Exists(job => job.FinishedAt == default))
    {
        var used = queue.Where(job => job.IsReleased && job.FinishedAt == default).Sum(job => job.Parallelism);
        foreach (var job in queue.Where(job => !job.IsReleased).OrderBy(order))
        {
            if (used + job.Parallelism > Slots)
            {
                break;
            }

            used += job.Parallelism;
            job.Release(now);
        }

        // All Jobs move together to the next instant at which any of them has something to do.
        now = queue.Where(job => job.FinishedAt == default).Min(job => job.Simulation.NextEventAt ?? DateTimeOffset.MaxValue);
        foreach (var job in queue.Where(job => job.FinishedAt == default))
        {
            job.AdvanceTo(now);
        }
    }
}

List<QueuedJob> CreateQueue()
{
    var random = SeededRandom.Stream(Seed, "jobs");
    return [.. Enumerable.Range(1, 6).Select(number => new QueuedJob(
        number, completions: 20 + (int)random.Next(100), parallelism: 10 + (int)random.Next(15), podSeconds: 10 + (int)random.Next(50), start))];
}

string Clock(DateTimeOffset time) => $"{time:HH:mm:ss}";

internal sealed class QueuedJob
{
    public QueuedJob(int number, int completions, int parallelism, int podSeconds, DateTimeOffset start)
    {
        Number = number;
        Parallelism = parallelism;
        ExpectedSeconds = (long)podSeconds * ((completions + parallelism - 1) / parallelism);
        var plane = new ControlPlane(Cluster.Of(new Namespace { Metadata = new() { Name = "batch" } }), new() { Start = start });
        var job = plane.Create(
            new Job
            {
                Metadata = new() { Name = Name, Namespace = "batch" },
                Spec = new()
                {
                    CompletionMode = "Indexed",
                    Completions = completions,
                    Parallelism = parallelism,
                    Suspend = true,
                    Template = new() { Spec = new() { RestartPolicy = "Never", Containers = [new() { Name = "work", Image = "registry.example/work:1" }] } },
                },
            }).Value!;
        Simulation = new(new()
        {
            Start = start,
            Job = job,
            DefaultPodPlan = new() { StartAfter = TimeSpan.FromSeconds(2), FinishAfter = TimeSpan.FromSeconds(podSeconds), Outcome = "Succeeded" },
        });
    }

    public int Number { get; }

    public string Name => $"train-{Number}";

    public int Parallelism { get; }

    public long ExpectedSeconds { get; }

    public JobSimulation Simulation { get; }

    public bool IsReleased => ReleasedAt != default;

    public DateTimeOffset ReleasedAt { get; private set; }

    public DateTimeOffset FinishedAt { get; private set; }

    public void Release(DateTimeOffset now)
    {
        AdvanceTo(now);
        Simulation.Perform(new() { Operation = JobOperation.SetSuspend, Suspend = false });
        ReleasedAt = now;
    }

    public void AdvanceTo(DateTimeOffset now)
    {
        Simulation.AdvanceTo(now);
        if (Simulation.IsFinished && FinishedAt == default)
        {
            FinishedAt = now;
        }
    }
}
