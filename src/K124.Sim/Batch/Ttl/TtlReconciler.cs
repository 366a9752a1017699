using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Batch.Ttl;

/// <summary>The TTL-after-finished controller against the API server.</summary>
internal sealed class TtlReconciler : IReconciler
{
    private static readonly ImmutableArray<ApiKind> Watched = [ApiKind.Of<Job>()];

    public string Name => "ttl-after-finished-controller";

    public ImmutableArray<ApiKind> Watches => Watched;

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change.Type != ChangeType.Deleted && TtlAfterFinished.Enqueues((Job)change.Object))
        {
            queue.Add(ObjectKey.Of(change.Object));
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        var decision = TtlAfterFinished.Decide(cache.Get<Job>(key), api.Get<Job>(key), api.Now);
        foreach (var delay in decision.RequeueAfter)
        {
            queue.AddAfter(key, delay);
        }

        if (decision.Deletes && api.Get<Job>(key) is { } job)
        {
            var result = api.Delete<Job>(key, new() { PropagationPolicy = "Foreground", Uid = job.Metadata.Uid });
            return result.Succeeded ? Reconciliation.Done : new(result.Status.Message);
        }

        return new(decision.Error);
    }

    public IReconciler Fork() => new TtlReconciler();
}
