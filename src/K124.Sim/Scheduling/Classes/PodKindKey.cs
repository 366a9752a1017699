using K124.Sim.Model;
using K124.Sim.Scheduling.Volumes;

namespace K124.Sim.Scheduling.Classes;

/// <summary>What tells kinds of pods apart.</summary>
/// <param name="Pod">A pod. Of it counts what Kubernetes' plugins read, apart from its priority and nomination, and the profile whose plugins read it.</param>
/// <param name="NodeName">The node that an incoming pod names.</param>
/// <param name="Volumes">What an incoming pod has of volumes that plugins look at.</param>
/// <param name="Outline">All that users' plugins which remember verdicts are shown of an incoming pod; null if there are none.</param>
internal readonly record struct PodKindKey(Pod Pod, string NodeName, VolumeShape? Volumes, Pod? Outline);

/// <summary>Compares pods by what decides on their kind.</summary>
/// <param name="keys">The keys of the labels that count.</param>
internal sealed class PodKindComparer(SelectorKeys keys) : IEqualityComparer<PodKindKey>
{
    public bool Equals(PodKindKey x, PodKindKey y) =>
        Equals(x.Volumes, y.Volumes)
        && x.NodeName == y.NodeName
        && HasSameMetadata(x.Pod.Metadata, y.Pod.Metadata)
        && HasSameSpec(x.Pod.Spec, y.Pod.Spec)
        && Equals(x.Outline, y.Outline);

    public int GetHashCode(PodKindKey obj)
    {
        var (metadata, spec) = (obj.Pod.Metadata, obj.Pod.Spec);
        var hash = new ContentHash();
        hash.Add(metadata.Namespace);
        foreach (var (key, value) in metadata.Labels.Entries)
        {
            if (keys.Has(key))
            {
                hash.Add(key);
                hash.Add(value);
            }
        }

        foreach (var container in spec.Containers)
        {
            hash.Add(container.Image);
            foreach (var (name, amount) in container.Resources.Requests.Entries)
            {
                hash.Add(name);
                hash.Add(amount.GetHashCode());
            }
        }

        foreach (var (key, value) in spec.NodeSelector.Entries)
        {
            hash.Add(key);
            hash.Add(value);
        }

        hash.Add(obj.NodeName);
        hash.Add(spec.Tolerations.Length);
        hash.Add(obj.Volumes?.GetHashCode() ?? 0);
        hash.Add(spec.Affinity?.GetHashCode() ?? 0);
        foreach (var constraint in spec.TopologySpreadConstraints)
        {
            hash.Add(constraint.TopologyKey);
            hash.Add(constraint.MaxSkew);
        }

        return hash.Value;
    }

    private bool HasSameMetadata(ObjectMeta first, ObjectMeta second) =>
        first.Namespace == second.Namespace
        && first.DeletionTimestamp is null == second.DeletionTimestamp is null
        && HasSameLabels(first.Labels.Entries, second.Labels.Entries)
        && SelectorOwner.Of(first) == SelectorOwner.Of(second);

    private bool HasSameLabels(ReadOnlySpan<KeyValuePair<string, string>> first, ReadOnlySpan<KeyValuePair<string, string>> second)
    {
        if (first == second)
        {
            return true;
        }

        var (i, j) = (0, 0);
        while (true)
        {
            SkipUnread(first, ref i);
            SkipUnread(second, ref j);
            if (i == first.Length || j == second.Length)
            {
                return i == first.Length && j == second.Length;
            }

            if (first[i].Key != second[j].Key || first[i].Value != second[j].Value)
            {
                return false;
            }

            i++;
            j++;
        }
    }

    private void SkipUnread(ReadOnlySpan<KeyValuePair<string, string>> labels, ref int i)
    {
        while (i < labels.Length && !keys.Has(labels[i].Key))
        {
            i++;
        }
    }

    private static bool HasSameSpec(PodSpec first, PodSpec second) =>
        ReferenceEquals(first, second)
        || (first.SchedulerName == second.SchedulerName
            && HaveSameNeeds(first.Containers.AsSpan(), second.Containers.AsSpan())
            && HaveSameNeeds(first.InitContainers.AsSpan(), second.InitContainers.AsSpan())
            && first.Overhead.Equals(second.Overhead)
            && first.NodeSelector.Equals(second.NodeSelector)
            && Equals(first.Affinity, second.Affinity)
            && first.Tolerations.AsSpan().SequenceEqual(second.Tolerations.AsSpan())
            && first.TopologySpreadConstraints.AsSpan().SequenceEqual(second.TopologySpreadConstraints.AsSpan()));

    /// <summary>Plugins read images, requests and ports.</summary>
    private static bool HaveSameNeeds(ReadOnlySpan<Container> first, ReadOnlySpan<Container> second)
    {
        if (first.Length != second.Length)
        {
            return false;
        }

        for (var i = 0; i < first.Length; i++)
        {
            if (first[i].Image != second[i].Image
                || !first[i].Resources.Requests.Equals(second[i].Resources.Requests)
                || !first[i].Ports.AsSpan().SequenceEqual(second[i].Ports.AsSpan()))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The controller of a pod, if it is of a kind whose selector spreads pods.</summary>
    private readonly record struct SelectorOwner(string ApiVersion, string Kind, string Name)
    {
        public static SelectorOwner Of(ObjectMeta metadata)
        {
            foreach (var owner in metadata.OwnerReferences)
            {
                if (owner.Controller == true)
                {
                    return (owner.ApiVersion, owner.Kind) is ("v1", "ReplicationController") or ("apps/v1", "ReplicaSet") or ("apps/v1", "StatefulSet")
                        ? new(owner.ApiVersion, owner.Kind, owner.Name)
                        : default;
                }
            }

            return default;
        }
    }
}
