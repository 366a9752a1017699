using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>The counters of the Job controller.</summary>
internal sealed class JobMetrics
{
    private static readonly string[] Modes = [JobNames.NonIndexed, JobNames.Indexed];
    private static readonly string[] SyncResults = ["success", "error"];
    private static readonly string[] Actions = ["reconciling", "tracking", "pods_created", "pods_deleted"];
    private static readonly string[] FinishResults = ["succeeded", "failed"];

    // 1 ms, doubled fourteen times.
    private static readonly ImmutableArray<double> DurationBounds = [.. Enumerable.Range(0, 15).Select(static power => 0.001 * (1 << power))];

    private readonly long[] _syncs = new long[2 * 2 * 4];

    /// <summary>Buckets of the syncs that took time; null while none has.</summary>
    private long[][]? _slowSyncs;
    private double[]? _slowSeconds;
    private readonly long[] _jobs = new long[2 * 2];
    private readonly long[] _pods = new long[2 * 2];

    public void CountSync(bool indexed, bool error, SyncAction action, TimeSpan took)
    {
        var labels = ((((indexed ? 1 : 0) * 2) + (error ? 1 : 0)) * 4) + (int)action;
        _syncs[labels]++;
        if (took > TimeSpan.Zero)
        {
            CountSlowSync(labels, took.TotalSeconds);
        }
    }

    public void CountFinishedJob(bool indexed, bool failed) => _jobs[((indexed ? 1 : 0) * 2) + (failed ? 1 : 0)]++;

    public void CountFinishedPods(bool indexed, bool failed, int count) => _pods[((indexed ? 1 : 0) * 2) + (failed ? 1 : 0)] += Math.Max(0, count);

    /// <summary>How long syncs took, by the labels of their counter.</summary>
    public StringMap<MetricHistogram> ToHistograms()
    {
        var map = StringMap<MetricHistogram>.Empty;
        for (var labels = 0; labels < _syncs.Length; labels++)
        {
            if (_syncs[labels] > 0)
            {
                var counts = _slowSyncs?[labels].ToArray() ?? new long[DurationBounds.Length + 1];
                counts[0] += _syncs[labels] - counts.Sum();
                map = map.With($"job_sync_duration_seconds{Labels(labels)}", new(DurationBounds, [.. counts], _slowSeconds?[labels] ?? 0));
            }
        }

        return map;
    }

    public StringMap<long> ToMap()
    {
        var map = StringMap<long>.Empty;
        for (var i = 0; i < _syncs.Length; i++)
        {
            if (_syncs[i] != 0)
            {
                map = map.With($"job_sync_total{Labels(i)}", _syncs[i]);
            }
        }

        for (var i = 0; i < _jobs.Length; i++)
        {
            if (_jobs[i] != 0)
            {
                map = map.With($"job_finished_total{{{Modes[i / 2]},{FinishResults[i % 2]}}}", _jobs[i]);
            }

            if (_pods[i] != 0)
            {
                map = map.With($"job_pods_finished_total{{{Modes[i / 2]},{FinishResults[i % 2]}}}", _pods[i]);
            }
        }

        return map;
    }

    private static string Labels(int labels) => $"{{{Modes[labels / 8]},{SyncResults[labels / 4 % 2]},{Actions[labels % 4]}}}";

    private void CountSlowSync(int labels, double seconds)
    {
        _slowSyncs ??= [.. _syncs.Select(static _ => new long[DurationBounds.Length + 1])];
        _slowSeconds ??= new double[_syncs.Length];
        var bucket = 0;
        while (bucket < DurationBounds.Length && seconds > DurationBounds[bucket])
        {
            bucket++;
        }

        _slowSyncs[labels][bucket]++;
        _slowSeconds[labels] += seconds;
    }
}

/// <summary>What a sync did about pods, as the metrics name it.</summary>
internal enum SyncAction
{
    Reconciling,
    Tracking,
    PodsCreated,
    PodsDeleted,
}
