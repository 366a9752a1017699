using System.Collections.Immutable;
using K124.Sim.Batch.Forecast.World;
using K124.Sim.Batch.Jobs;
using K124.Sim.Batch.Jobs.Syncing;
using K124.Sim.Model;

namespace K124.Sim.Batch.Forecast;

/// <summary>Gathers what happens; calls of one kind about several pods become one entry.</summary>
internal sealed class JobTimelineLog
{
    private readonly ImmutableArray<JobTimelineEntry>.Builder _entries = ImmutableArray.CreateBuilder<JobTimelineEntry>();
    private readonly ImmutableArray<JobCheckpoint>.Builder _checkpoints = ImmutableArray.CreateBuilder<JobCheckpoint>();
    private readonly List<(string Kind, List<int> Pods)> _gathered = [];

    public required Func<TimeSpan> Elapsed { get; set; }

    public Func<int, string> Identity { get; set; } = static pod => pod.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public void Add(string kind, int pod)
    {
        foreach (var (gatheredKind, pods) in _gathered)
        {
            if (gatheredKind == kind)
            {
                pods.Add(pod);
                return;
            }
        }

        _gathered.Add((kind, [pod]));
    }

    public void Add(string kind)
    {
        Flush();
        _entries.Add(new() { At = Elapsed(), Kind = kind });
    }

    public void Add(JobStatus status)
    {
        Flush();
        _entries.Add(new() { At = Elapsed(), Kind = "status", Status = status });
    }

    public void Add(JobEvent jobEvent)
    {
        Flush();
        _entries.Add(new() { At = Elapsed(), Kind = "event", Event = jobEvent });
    }

    public void Flush()
    {
        foreach (var (kind, pods) in _gathered)
        {
            pods.Sort();
            _entries.Add(new() { At = Elapsed(), Kind = kind, Pods = [.. pods.Select(Identity)] });
        }

        _gathered.Clear();
    }

    public void Checkpoint(JobWorld world)
    {
        var pods = ImmutableArray.CreateBuilder<JobCheckpointPod>();
        for (var pod = 0; pod < world.PodCount; pod++)
        {
            if (world.PodExists(pod))
            {
                var flags = world.FlagsOf(pod);
                pods.Add(new()
                {
                    Id = Identity(pod),
                    Phase = world.PhaseOf(pod).ToString(),
                    Ready = flags.HasFlag(PodFlags.Ready),
                    TrackingFinalizer = flags.HasFlag(PodFlags.Finalizer),
                    Terminating = flags.HasFlag(PodFlags.Deleting),
                    Orphan = !flags.HasFlag(PodFlags.Owned),
                });
            }
        }

        _checkpoints.Add(new()
        {
            At = Elapsed(),
            JobExists = world.Exists,
            Status = world.Exists ? world.StoredStatus() : null,
            Pods = pods.ToImmutable(),
        });
    }

    public JobTimeline ToTimeline() => new()
    {
        Timeline = _entries.ToImmutable(),
        Checkpoints = _checkpoints.ToImmutable(),
    };
}
