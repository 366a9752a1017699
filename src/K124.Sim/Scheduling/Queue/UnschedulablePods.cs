using System.Collections.Immutable;

namespace K124.Sim.Scheduling.Queue;

/// <summary>Pods that wait for an event: in the order of coming, and in groups by what they failed on.</summary>
/// <remarks>Every pod comes here when an attempt has failed, with the time of that moment: the order of coming is that of the
/// timestamps, and the pod that has waited longest is the first.</remarks>
internal sealed class UnschedulablePods
{
    private readonly Dictionary<GroupKey, UnschedulableGroup> _groups = new(GroupKeyComparer.Instance);
    private QueuedPodInfo? _last;

    public int Count { get; private set; }

    public QueuedPodInfo? First { get; private set; }

    public IEnumerable<QueuedPodInfo> InOrder
    {
        get
        {
            for (var pod = First; pod is not null; pod = pod.Next)
            {
                yield return pod;
            }
        }
    }

    public void Append(QueuedPodInfo pod)
    {
        pod.Previous = _last;
        if (_last is null)
        {
            First = pod;
        }
        else
        {
            _last.Next = pod;
        }

        _last = pod;
        Count++;
        GroupOf(pod).Append(pod);
    }

    public void Remove(QueuedPodInfo pod)
    {
        if (pod.Previous is { } previous)
        {
            previous.Next = pod.Next;
        }
        else
        {
            First = pod.Next;
        }

        if (pod.Next is { } next)
        {
            next.Previous = pod.Previous;
        }
        else
        {
            _last = pod.Previous;
        }

        (pod.Previous, pod.Next) = (null, null);
        Count--;
        var group = pod.Group!;
        group.Remove(pod);
        if (group.First is null)
        {
            _groups.Remove(new(group.Plugins, group.HasRequiredPodAffinity));
        }
    }

    /// <summary>Collects the pods that an event wakes, in the order of coming.</summary>
    /// <param name="clusterEvent">The event.</param>
    /// <param name="events">Which event wakes whom.</param>
    /// <param name="onlyWithRequiredPodAffinity">Whether it can wake only pods that require to be near others.</param>
    /// <param name="found">Where to add them.</param>
    public void Collect(ClusterEvent clusterEvent, ClusterEventMap events, bool onlyWithRequiredPodAffinity, List<QueuedPodInfo> found)
    {
        var groups = 0;
        foreach (var group in _groups.Values)
        {
            if ((onlyWithRequiredPodAffinity && !group.HasRequiredPodAffinity) || !events.Wakes(clusterEvent, group.Plugins))
            {
                continue;
            }

            groups++;
            for (var pod = group.First; pod is not null; pod = pod.NextInGroup)
            {
                found.Add(pod);
            }
        }

        if (groups > 1)
        {
            found.Sort(static (left, right) => left.Sequence.CompareTo(right.Sequence));
        }
    }

    private UnschedulableGroup GroupOf(QueuedPodInfo pod)
    {
        var key = new GroupKey(pod.UnschedulablePlugins, pod.HasRequiredPodAffinity);
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups.Add(key, group = new(key.Plugins, key.HasRequiredPodAffinity));
        }

        return group;
    }

    private readonly record struct GroupKey(ImmutableArray<string> Plugins, bool HasRequiredPodAffinity);

    private sealed class GroupKeyComparer : IEqualityComparer<GroupKey>
    {
        public static readonly GroupKeyComparer Instance = new();

        public bool Equals(GroupKey x, GroupKey y) =>
            x.HasRequiredPodAffinity == y.HasRequiredPodAffinity && x.Plugins.AsSpan().SequenceEqual(y.Plugins.AsSpan());

        public int GetHashCode(GroupKey obj)
        {
            var hash = new HashCode();
            hash.Add(obj.HasRequiredPodAffinity);
            foreach (var plugin in obj.Plugins)
            {
                hash.Add(plugin, StringComparer.Ordinal);
            }

            return hash.ToHashCode();
        }
    }
}
