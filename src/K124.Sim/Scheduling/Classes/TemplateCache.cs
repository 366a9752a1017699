using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.Classes;

/// <summary>What pods seen of late are sorted to, by the very objects that pods stamped from one template share: much cheaper than comparing contents.</summary>
internal sealed class TemplateCache<T>
    where T : class
{
    private const int MinSize = 16;
    private const int MaxSize = 1 << 13;

    private Entry[] _entries = new Entry[MinSize];
    private int _misses;

    /// <summary>What a pod is sorted to, or null if none of its template has been seen of late.</summary>
    public T? Find(Pod pod)
    {
        ref var entry = ref _entries[SlotOf(pod)];
        return entry.IsOf(pod) ? entry.Value : null;
    }

    public void Add(Pod pod, T value)
    {
        if (_entries.Length < MaxSize && ++_misses > _entries.Length)
        {
            Grow();
        }

        _entries[SlotOf(pod)] = new(pod, value);
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new Entry[4 * old.Length];
        _misses = 0;
        foreach (var entry in old)
        {
            if (entry.Sample is { } sample)
            {
                _entries[SlotOf(sample)] = entry;
            }
        }
    }

    private int SlotOf(Pod pod)
    {
        const int Mixer = unchecked((int)0x9E3779B1);
        var hash = RuntimeHelpers.GetHashCode(pod.Spec) ^ (RuntimeHelpers.GetHashCode(pod.Metadata.Labels) * Mixer);
        return (hash ^ (hash >>> 15)) & (_entries.Length - 1);
    }

    private readonly record struct Entry(Pod? Sample, T? Value)
    {
        public bool IsOf(Pod pod)
        {
            if (Sample is not { } sample || !ReferenceEquals(sample.Spec, pod.Spec))
            {
                return false;
            }

            var (mine, other) = (sample.Metadata, pod.Metadata);
            return ReferenceEquals(mine.Labels, other.Labels)
                && mine.Namespace == other.Namespace
                && mine.DeletionTimestamp is null == other.DeletionTimestamp is null
                && ImmutableCollectionsMarshal.AsArray(mine.OwnerReferences) == ImmutableCollectionsMarshal.AsArray(other.OwnerReferences);
        }
    }
}
