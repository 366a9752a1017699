using System.Collections.Immutable;
using System.Runtime.InteropServices;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.Volumes;

/// <summary>How many volumes nodes can take, and how many their pods have; counted when asked for and kept while nothing changes.</summary>
/// <param name="usage">Pods with volumes by node.</param>
/// <param name="limitsOf">Reads the limits of a node: by key, empty if there are none.</param>
/// <param name="resolve">Adds what the volumes of a pod count for on a node; gives an error that ends the attempt, or null.</param>
internal sealed class VolumeLimits(VolumeUsage usage, Func<int, ImmutableDictionary<string, long>> limitsOf, Func<Pod, int, List<VolumeIdentity>, string?> resolve)
{
    private readonly List<VolumeIdentity> _buffer = [];
    private Counted?[] _rows = [];

    /// <summary>Limits and volumes of a node.</summary>
    public Counted Of(int row)
    {
        if (row >= _rows.Length)
        {
            Array.Resize(ref _rows, Math.Max(row + 1, _rows.Length * 2));
        }

        var version = usage.Version(row);
        if (_rows[row] is not { } counted || counted.Version != version)
        {
            counted = _rows[row] ??= new();
            var recounts = usage.Recounts(row);
            if (counted.Recounts != recounts)
            {
                counted.Begin(counted.Objects == usage.Objects(row) ? null : limitsOf(row));
                (counted.Recounts, counted.Objects) = (recounts, usage.Objects(row));
            }

            CountNew(counted, row);
            counted.Version = version;
        }

        return counted;
    }

    /// <summary>Counts the pods that have come since the last time; they stand at the end.</summary>
    private void CountNew(Counted counted, int row)
    {
        if (!counted.HasLimits)
        {
            return;
        }

        var pods = usage.Pods(row);
        var known = counted.Pods;
        counted.Pods = pods.Length;
        foreach (var pod in pods[known..])
        {
            _buffer.Clear();
            counted.Error ??= resolve(pod, row, _buffer);
            foreach (var volume in _buffer)
            {
                counted.Attach(volume);
            }
        }
    }

    /// <summary>Limits and volumes of one node.</summary>
    internal sealed class Counted
    {
        private readonly HashSet<VolumeIdentity> _attached = [];
        private readonly List<Limit> _limits = [];

        public int Version { get; set; } = -1;

        /// <summary>For which state, but for pods that have come, the volumes were counted.</summary>
        public int Recounts { get; set; } = -1;

        /// <summary>For which state of the node and its CSINode the limits were read.</summary>
        public int Objects { get; set; } = -1;

        /// <summary>How many pods are counted.</summary>
        public int Pods { get; set; }

        /// <summary>Why the volumes of some pod cannot be told; null if they can.</summary>
        public string? Error { get; set; }

        public bool HasLimits => _limits.Count > 0;

        /// <summary>Begins anew with a node that has no volumes.</summary>
        /// <param name="limits">Its limits; null if they are the same as before.</param>
        public void Begin(ImmutableDictionary<string, long>? limits)
        {
            _attached.Clear();
            Pods = 0;
            Error = null;
            if (limits is null)
            {
                foreach (ref var limit in CollectionsMarshal.AsSpan(_limits))
                {
                    limit.Attached = 0;
                }

                return;
            }

            _limits.Clear();
            foreach (var (key, count) in limits)
            {
                _limits.Add(new(key, count));
            }
        }

        public void Attach(VolumeIdentity volume)
        {
            if (_attached.Add(volume) && IndexOf(volume.Key) is >= 0 and var i)
            {
                CollectionsMarshal.AsSpan(_limits)[i].Attached++;
            }
        }

        /// <summary>Whether a limit is exceeded with further volumes; those that the node has count once.</summary>
        /// <param name="volumes">The volumes.</param>
        /// <param name="evenWithoutNew">Whether a limit also counts of which the node has all the volumes already.</param>
        public bool IsExceededWith(List<VolumeIdentity> volumes, bool evenWithoutNew)
        {
            foreach (ref readonly var limit in CollectionsMarshal.AsSpan(_limits))
            {
                // Mostly there is room even if all volumes of the key are new.
                var wanted = CountOf(volumes, limit.Key);
                if (wanted == 0 || limit.Attached + wanted <= limit.Count)
                {
                    continue;
                }

                var added = CountNew(volumes, limit.Key);
                if ((added > 0 || evenWithoutNew) && limit.Attached + added > limit.Count)
                {
                    return true;
                }
            }

            return false;
        }

        private int IndexOf(string key) => _limits.FindIndex(limit => limit.Key == key);

        private static int CountOf(List<VolumeIdentity> volumes, string key)
        {
            var count = 0;
            foreach (var volume in volumes)
            {
                count += volume.Key == key ? 1 : 0;
            }

            return count;
        }

        private int CountNew(List<VolumeIdentity> volumes, string key)
        {
            var count = 0;
            for (var i = 0; i < volumes.Count; i++)
            {
                count += volumes[i].Key == key && !_attached.Contains(volumes[i]) && volumes.IndexOf(volumes[i]) == i ? 1 : 0;
            }

            return count;
        }

        /// <summary>How many volumes of a key a node takes, and has.</summary>
        private struct Limit(string key, long count)
        {
            public string Key { get; } = key;

            public long Count { get; } = count;

            public int Attached { get; set; }
        }
    }
}
