using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>Everything the controller holds about one Job: its cached object, its pods and its bookkeeping.</summary>
internal sealed class JobRecord
{
    private readonly FeatureGates _gates;

    public JobRecord(Job job, FeatureGates gates)
    {
        _gates = gates;
        Object = job;
        Settings = new(job, gates);
        Pods = new(Settings.Indexed, Settings.Completions ?? 0, Settings.Tracked);
    }

    /// <summary>Metadata and specification; the status stands in <see cref="Status"/>.</summary>
    public Job Object { get; private set; }

    public JobSettings Settings { get; private set; }

    public JobStatusColumns Status { get; } = new();

    public JobPodTable Pods { get; }

    public JobMetrics Metrics { get; } = new();

    // A field, not a property: the counters change in place.
#pragma warning disable CA1051
    public JobExpectations Expectations;
#pragma warning restore CA1051

    public void Show(Job job)
    {
        if (!ReferenceEquals(Object, job))
        {
            Object = job;
            Settings = new(job, _gates);
        }
    }
}
