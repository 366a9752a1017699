using System.Collections.Immutable;

namespace K124.Sim.Scheduling.Queue;

/// <summary>Unschedulable pods that the same events can wake, in the order of coming.</summary>
internal sealed class UnschedulableGroup(ImmutableArray<string> plugins, bool hasRequiredPodAffinity)
{
    public ImmutableArray<string> Plugins { get; } = plugins;

    /// <summary>Whether a new pod on a node can wake them; it wakes only pods that require to be near it.</summary>
    public bool HasRequiredPodAffinity { get; } = hasRequiredPodAffinity;

    public QueuedPodInfo? First { get; private set; }

    public QueuedPodInfo? Last { get; private set; }

    public void Append(QueuedPodInfo pod)
    {
        pod.Group = this;
        pod.PreviousInGroup = Last;
        if (Last is null)
        {
            First = pod;
        }
        else
        {
            Last.NextInGroup = pod;
        }

        Last = pod;
    }

    public void Remove(QueuedPodInfo pod)
    {
        if (pod.PreviousInGroup is { } previous)
        {
            previous.NextInGroup = pod.NextInGroup;
        }
        else
        {
            First = pod.NextInGroup;
        }

        if (pod.NextInGroup is { } next)
        {
            next.PreviousInGroup = pod.PreviousInGroup;
        }
        else
        {
            Last = pod.PreviousInGroup;
        }

        (pod.Group, pod.PreviousInGroup, pod.NextInGroup) = (null, null, null);
    }
}
