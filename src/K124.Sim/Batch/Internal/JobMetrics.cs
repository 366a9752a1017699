using K124.Sim.Model;

namespace K124.Sim.Batch.Internal;

/// <summary>The counters of the Job controller.</summary>
internal sealed class JobMetrics
{
    private static readonly string[] Modes = [JobNames.NonIndexed, JobNames.Indexed];
    private static readonly string[] SyncResults = ["success", "error"];
    private static readonly string[] Actions = ["reconciling", "tracking", "pods_created", "pods_deleted"];
    private static readonly string[] FinishResults = ["succeeded", "failed"];

    private readonly long[] _syncs = new long[2 * 2 * 4];
    private readonly long[] _jobs = new long[2 * 2];
    private readonly long[] _pods = new long[2 * 2];

    public void CountSync(bool indexed, bool error, SyncAction action) => _syncs[((((indexed ? 1 : 0) * 2) + (error ? 1 : 0)) * 4) + (int)action]++;

    public void CountFinishedJob(bool indexed, bool failed) => _jobs[((indexed ? 1 : 0) * 2) + (failed ? 1 : 0)]++;

    public void CountFinishedPods(bool indexed, bool failed, int count) => _pods[((indexed ? 1 : 0) * 2) + (failed ? 1 : 0)] += count;

    public StringMap<long> ToMap()
    {
        var map = StringMap<long>.Empty;
        for (var i = 0; i < _syncs.Length; i++)
        {
            if (_syncs[i] != 0)
            {
                map = map.With($"job_sync_total{{{Modes[i / 8]},{SyncResults[i / 4 % 2]},{Actions[i % 4]}}}", _syncs[i]);
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
}

/// <summary>What a sync did about pods, as the metrics name it.</summary>
internal enum SyncAction
{
    Reconciling,
    Tracking,
    PodsCreated,
    PodsDeleted,
}
