using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>Reads the status of a Job into the columns that a sync works on.</summary>
internal static class JobStatusReader
{
    /// <summary>Fills the columns from the Job's status.</summary>
    /// <returns>The UID of a handle.</returns>
    public static Func<int, string> Read(Job job, IReadOnlyList<Pod> pods, JobRecord record)
    {
        var source = job.Status;
        var status = record.Status;
        status.Conditions = source.Conditions;
        status.StartTime = source.StartTime;
        status.CompletionTime = source.CompletionTime;
        status.Active = source.Active;
        status.Succeeded = source.Succeeded;
        status.Failed = source.Failed;
        status.Ready = source.Ready;
        status.CompletedText = source.CompletedIndexes;
        if (record.Settings is { Indexed: true, Tracked: true })
        {
            status.CompletedIndexes = CompletedIndexes.Parse(source.CompletedIndexes, record.Settings.Completions ?? 0);
        }

        var unknown = new List<string>();
        if (source.UncountedTerminatedPods is { } uncounted)
        {
            status.HasUncounted = true;
            var rows = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < pods.Count; i++)
            {
                rows.TryAdd(pods[i].Metadata.Uid, i);
            }

            AddHandles(uncounted.Succeeded, status.UncountedSucceeded);
            AddHandles(uncounted.Failed, status.UncountedFailed);

            void AddHandles(ImmutableArray<string> uids, List<int> handles)
            {
                foreach (var uid in uids)
                {
                    if (!rows.TryGetValue(uid, out var handle))
                    {
                        unknown.Add(uid);
                        handle = ~(unknown.Count - 1);
                        rows.Add(uid, handle);
                    }

                    handles.Add(handle);
                }
            }
        }

        return handle => handle >= 0 ? pods[handle].Metadata.Uid : unknown[~handle];
    }
}
