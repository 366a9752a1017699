using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.Internal;

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
            Count(counted, row);
            counted.Version = version;
        }

        return counted;
    }

    private void Count(Counted counted, int row)
    {
        counted.Clear();
        counted.Limits = limitsOf(row);
        if (counted.Limits.IsEmpty || usage.Pods(row) is not { } pods)
        {
            return;
        }

        foreach (var pod in pods)
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
        private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

        public int Version { get; set; } = -1;

        public ImmutableDictionary<string, long> Limits { get; set; } = [];

        /// <summary>Why the volumes of some pod cannot be told; null if they can.</summary>
        public string? Error { get; set; }

        public bool IsAttached(VolumeIdentity volume) => _attached.Contains(volume);

        public void Attach(VolumeIdentity volume)
        {
            if (_attached.Add(volume))
            {
                _counts[volume.Key] = _counts.GetValueOrDefault(volume.Key) + 1;
            }
        }

        /// <summary>Whether a limit is exceeded with further volumes; those that the node has count once.</summary>
        /// <param name="volumes">The volumes.</param>
        /// <param name="evenWithoutNew">Whether a limit also counts of which the node has all the volumes already.</param>
        public bool IsExceededWith(List<VolumeIdentity> volumes, bool evenWithoutNew)
        {
            for (var i = 0; i < volumes.Count; i++)
            {
                if (Limits.TryGetValue(volumes[i].Key, out var limit) && IsFirstOfKey(volumes, i))
                {
                    var added = CountNew(volumes, volumes[i].Key);
                    if ((added > 0 || evenWithoutNew) && _counts.GetValueOrDefault(volumes[i].Key) + added > limit)
                    {
                        return true;
                    }
                }
            }

            return false;
        }

        public void Clear()
        {
            _attached.Clear();
            _counts.Clear();
            Error = null;
        }

        private static bool IsFirstOfKey(List<VolumeIdentity> volumes, int index)
        {
            for (var i = 0; i < index; i++)
            {
                if (volumes[i].Key == volumes[index].Key)
                {
                    return false;
                }
            }

            return true;
        }

        private int CountNew(List<VolumeIdentity> volumes, string key)
        {
            var count = 0;
            for (var i = 0; i < volumes.Count; i++)
            {
                count += volumes[i].Key == key && !IsAttached(volumes[i]) && volumes.IndexOf(volumes[i]) == i ? 1 : 0;
            }

            return count;
        }
    }
}
