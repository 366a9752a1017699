using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Time;

namespace K124.Sim.Batch.CronJobs;

/// <summary>The controller of CronJobs, version 2.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/cronjob.</remarks>
/// <param name="gates">Feature gates.</param>
/// <param name="timeZones">Finds time zones by name.</param>
/// <param name="zone">The zone that the controller runs in.</param>
internal sealed class CronJobController(FeatureGates gates, Func<string, TimeZoneInfo?> timeZones, TimeZoneInfo zone) : IReconciler
{
    public string Name => CronJobSync.Source;

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<CronJob>(), ApiKind.Of<Job>()];

    public IReconciler Fork() => new CronJobController(gates, timeZones, zone);

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        switch (change.Object)
        {
            case CronJob cronJob:
                ObserveCronJob(change.Type, cronJob, change.Old as CronJob, queue);
                break;
            case Job job when change.Type != ChangeType.Modified || job.Metadata.ResourceVersion != change.Old!.Metadata.ResourceVersion:
                AddOwner(job, cache, queue);
                if (change.Old is Job old && ControllerReference.ControllerOf(old) != ControllerReference.ControllerOf(job))
                {
                    AddOwner(old, cache, queue);
                }

                break;
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<CronJob>(key) is not { } cronJob)
        {
            return Reconciliation.Done;
        }

        Job[] jobs = [.. cache.List<Job>(ObjectIndex.Namespace, key.Namespace).Where(job => ControllerReference.ControllerOf(job)?.Name == key.Name)];
        return new CronJobSync(cronJob, jobs, api, gates, timeZones, zone).Run();
    }

    private static void AddOwner(Job job, IObjectReader cache, IWorkQueue queue)
    {
        if (ControllerReference.ControllerOf(job) is { Kind: "CronJob" } owner)
        {
            var key = new ObjectKey(job.Metadata.Namespace, owner.Name);
            if (cache.Get<CronJob>(key)?.Metadata.Uid == owner.Uid)
            {
                queue.Add(key);
            }
        }
    }

    private void ObserveCronJob(ChangeType type, CronJob cronJob, CronJob? old, IWorkQueue queue)
    {
        var key = ObjectKey.Of(cronJob);
        var hasOtherTimes = type == ChangeType.Modified && (old!.Spec.Schedule != cronJob.Spec.Schedule
            || (gates.IsEnabled(CronJobSync.TimeZoneGate) && old.Spec.TimeZone != cronJob.Spec.TimeZone));
        if (!hasOtherTimes)
        {
            queue.Add(key);
        }
        else if (CronSchedule.TryParse(CronJobSync.ScheduleOf(cronJob, gates, timeZones), timeZones, out var schedule, out _)
            && schedule.Next(queue.Now, zone) is { } next)
        {
            queue.AddAfter(key, next + CronJobSync.Slack - queue.Now);
        }
    }
}
