using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Policy;

/// <summary>The controller of ResourceQuotas: recounts what is used.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/resourcequota.</remarks>
internal sealed class ResourceQuotaController : IReconciler
{
    private const string CountPrefix = "count/";

    private static readonly TimeSpan FullResync = TimeSpan.FromMinutes(5);
    private static readonly ImmutableArray<string> LegacyCounts = ["configmaps", "resourcequotas", "replicationcontrollers", "secrets"];

    public string Name => "resourcequota-controller";

    public ImmutableArray<ApiKind> Watches =>
    [
        .. ApiKind.All.Where(static kind => kind.IsNamespaced && kind.Kind is not ("Event" or "Lease")),
    ];

    public IReconciler Fork() => this;

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change.Object is ResourceQuota quota)
        {
            if (change.Type != ChangeType.Deleted && (change.Old is not ResourceQuota old || !old.Spec.Hard.Equals(quota.Spec.Hard)))
            {
                queue.Add(ObjectKey.Of(quota));
            }
        }
        else if (change.Type != ChangeType.Added)
        {
            ObserveUsage(change, cache, queue);
        }
    }

    private static void ObserveUsage(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        bool? isOther = null;
        foreach (var affected in cache.List(ApiKind.Of<ResourceQuota>(), ObjectIndex.Namespace, change.Object.Metadata.Namespace))
        {
            // Usage is worked out only where somebody limits it.
            isOther ??= change.Type == ChangeType.Deleted || HasOtherUsage(change, queue.Now);
            if (!isOther.Value)
            {
                return;
            }

            queue.Add(ObjectKey.Of(affected));
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<ResourceQuota>(key) is not { } quota)
        {
            return Reconciliation.Done;
        }

        var used = Used(quota, cache, api.Now);
        var isDirty = !quota.Status.Hard.Equals(quota.Spec.Hard)
            || quota.Status.Hard.Count == 0
            || quota.Status.Used.Count == 0
            || !quota.Status.Used.Equals(used);
        var refusal = isDirty ? api.UpdateStatus(quota with { Status = new() { Hard = quota.Spec.Hard, Used = used } }).Status : null;
        return new(refusal?.Message, refusal is null ? FullResync : null) { IsRoutine = true };
    }

    /// <summary>What is used of everything that a quota limits.</summary>
    public static StringMap<Quantity> Used(ResourceQuota quota, IObjectReader cache, DateTimeOffset now)
    {
        var hard = quota.Spec.Hard.Keys.ToHashSet(StringComparer.Ordinal);
        var counted = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        CountPods(quota, hard, cache, now, counted);
        CountOthers<Service>(quota, hard, QuotaUsage.IsOfServices, QuotaUsage.Of, cache, counted);
        CountOthers<PersistentVolumeClaim>(quota, hard, QuotaUsage.IsOfClaims, QuotaUsage.Of, cache, counted);
        foreach (var resource in hard)
        {
            if (!counted.ContainsKey(resource) && KindCounted(resource) is { } kind)
            {
                counted[resource] = QuotaScopes.HasAny(quota.Spec)
                    ? Quantity.FromUnits(0)
                    : Quantity.FromUnits(cache.List(kind, ObjectIndex.Namespace, quota.Metadata.Namespace).Count());
            }
        }

        // What nobody counts stays as it was.
        foreach (var (resource, amount) in quota.Status.Used)
        {
            counted.TryAdd(resource, amount);
        }

        return counted.Where(entry => hard.Contains(entry.Key)).ToStringMap();
    }

    private static void CountPods(
        ResourceQuota quota, HashSet<string> hard, IObjectReader cache, DateTimeOffset now, Dictionary<string, Quantity> counted)
    {
        if (!StartCount(hard, QuotaUsage.IsOfPods, counted))
        {
            return;
        }

        foreach (var pod in cache.List<Pod>(ObjectIndex.Namespace, quota.Metadata.Namespace))
        {
            if (QuotaScopes.Match(quota.Spec, pod))
            {
                QuotaUsage.Add(counted, QuotaUsage.Of(pod, now));
            }
        }
    }

    private static void CountOthers<T>(
        ResourceQuota quota,
        HashSet<string> hard,
        Func<string, bool> isCounted,
        Func<T, Dictionary<string, Quantity>> usageOf,
        IObjectReader cache,
        Dictionary<string, Quantity> counted)
        where T : class, IApiObject
    {
        if (!StartCount(hard, isCounted, counted) || QuotaScopes.HasAny(quota.Spec))
        {
            return;
        }

        foreach (var item in cache.List<T>(ObjectIndex.Namespace, quota.Metadata.Namespace))
        {
            QuotaUsage.Add(counted, usageOf(item));
        }
    }

    private static bool StartCount(HashSet<string> hard, Func<string, bool> isCounted, Dictionary<string, Quantity> counted)
    {
        var isWanted = false;
        foreach (var resource in hard)
        {
            if (isCounted(resource))
            {
                counted[resource] = Quantity.FromUnits(0);
                isWanted = true;
            }
        }

        return isWanted;
    }

    private static ApiKind? KindCounted(string resource)
    {
        var name = LegacyCounts.Contains(resource) ? resource
            : resource.StartsWith(CountPrefix, StringComparison.Ordinal) ? resource[CountPrefix.Length..]
            : null;
        return name is null ? null : ApiKind.All.FirstOrDefault(kind => kind.IsNamespaced && ApiResources.GroupResourceOf(kind) == name);
    }

    private static bool HasOtherUsage(in ObjectChange change, DateTimeOffset now) => (change.Object, change.Old) switch
    {
        (Pod pod, Pod old) => QuotaUsage.Of(pod, now).Count != QuotaUsage.Of(old, now).Count,
        (Service service, Service old) => !QuotaUsage.Of(service).ToStringMap().Equals(QuotaUsage.Of(old).ToStringMap()),
        _ => false,
    };
}
