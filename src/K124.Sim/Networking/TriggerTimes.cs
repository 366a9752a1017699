using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Networking;

/// <summary>When the changes happened that endpoints are written for.</summary>
internal sealed class TriggerTimes
{
    private ImmutableDictionary<ObjectKey, Seen> _seen = ImmutableDictionary<ObjectKey, Seen>.Empty;

    /// <summary>The time of the earliest change since the last look at a service; null if there was none.</summary>
    public DateTimeOffset? Look(Service service, IEnumerable<Pod> pods)
    {
        var key = ObjectKey.Of(service);
        var created = service.Metadata.CreationTimestamp;
        var times = pods.ToDictionary(static pod => pod.Metadata.Name, TimeOf, StringComparer.Ordinal);
        var isKnown = _seen.TryGetValue(key, out var before);
        _seen = _seen.SetItem(key, new(created, times));
        if (!isKnown)
        {
            return created;
        }

        DateTimeOffset? earliest = null;
        foreach (var (name, time) in times)
        {
            if (time is not null && (before!.Pods.GetValueOrDefault(name) is not { } old || time > old))
            {
                earliest = earliest is { } other && other <= time ? other : time;
            }
        }

        return created > before!.Created && (earliest is null || created < earliest) ? created : earliest;
    }

    public void Forget(ObjectKey service) => _seen = _seen.Remove(service);

    public TriggerTimes Fork() => new() { _seen = _seen };

    private static DateTimeOffset? TimeOf(Pod pod) => PodPredicates.ReadyCondition(pod)?.LastTransitionTime;

    private sealed record Seen(DateTimeOffset? Created, IReadOnlyDictionary<string, DateTimeOffset?> Pods);
}
