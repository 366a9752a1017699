using K124.Sim.Model;
using K124.Sim.Storage.Internal;

namespace K124.Sim.Scheduling.Internal;

/// <summary>Pods with volumes by node, and the claims that they use.</summary>
internal sealed class VolumeUsage
{
    private const int LongestLog = 4_096;

    private readonly Dictionary<ObjectKey, ClaimUse> _claims = [];
    private List<Pod>?[] _pods = [];
    private readonly List<int> _changedRows = [];
    private int[] _versions = [];

    /// <summary>Rows of nodes with pods that have ephemeral volumes, each with their number.</summary>
    public SortedDictionary<int, int> Ephemeral { get; } = [];

    /// <summary>Counts changes that concern every row.</summary>
    public int Epoch { get; private set; }

    /// <summary>Rows of which something else than the pods changed in this epoch, in order.</summary>
    public IReadOnlyList<int> ChangedRows => _changedRows;

    /// <summary>Pods with volumes that plugins look at, on a node; null for none.</summary>
    public List<Pod>? Pods(int row) => row < _pods.Length ? _pods[row] : null;

    /// <summary>Counts changes of what hangs on a node's pods and their claims.</summary>
    public int Version(int row) => row < _versions.Length ? _versions[row] : 0;

    /// <summary>How many volumes of pods on nodes are of a claim.</summary>
    public bool IsUsed(ObjectKey claim) => _claims.ContainsKey(claim);

    /// <summary>Whether a pod on some node names a claim, in a volume that is not ephemeral.</summary>
    public bool IsNamed(ObjectKey claim) => _claims.TryGetValue(claim, out var use) && use.Names > 0;

    public void Place(Pod pod, int row)
    {
        if (!HasVolumes(pod))
        {
            return;
        }

        Ensure(row);
        (_pods[row] ??= []).Add(pod);
        _versions[row]++;
        foreach (var volume in pod.Spec.Volumes)
        {
            if (Claims.NameOf(pod, volume) is { } name)
            {
                var key = new ObjectKey(pod.Metadata.Namespace, name);
                if (!_claims.TryGetValue(key, out var use))
                {
                    _claims.Add(key, use = new());
                }

                use.Rows.Add(row);
                use.Names += volume.PersistentVolumeClaim is null ? 0 : 1;
                CountEphemeral(volume, row, 1);
            }
        }
    }

    public void Displace(Pod pod, int row)
    {
        if (!HasVolumes(pod))
        {
            return;
        }

        _pods[row]!.Remove(pod);
        _versions[row]++;
        foreach (var volume in pod.Spec.Volumes)
        {
            if (Claims.NameOf(pod, volume) is { } name)
            {
                var key = new ObjectKey(pod.Metadata.Namespace, name);
                var use = _claims[key];
                use.Rows.Remove(row);
                use.Names -= volume.PersistentVolumeClaim is null ? 0 : 1;
                CountEphemeral(volume, row, -1);
                if (use.Rows.Count == 0)
                {
                    _claims.Remove(key);
                }
            }
        }
    }

    /// <summary>Takes notice that a claim, or the volume behind it, is another.</summary>
    public void ClaimChanged(ObjectKey claim)
    {
        if (_claims.TryGetValue(claim, out var use))
        {
            foreach (var row in use.Rows)
            {
                Change(row);
            }
        }
    }

    /// <summary>Takes notice that a node, or its CSINode, is another.</summary>
    public void RowChanged(int row)
    {
        Ensure(row);
        Change(row);
    }

    public void AllChanged()
    {
        Epoch++;
        _changedRows.Clear();
        for (var row = 0; row < _versions.Length; row++)
        {
            _versions[row]++;
        }
    }

    private void Change(int row)
    {
        if (_changedRows.Count == LongestLog)
        {
            Epoch++;
            _changedRows.Clear();
        }

        _versions[row]++;
        _changedRows.Add(row);
    }

    private void CountEphemeral(Volume volume, int row, int sign)
    {
        if (volume.PersistentVolumeClaim is null)
        {
            var count = Ephemeral.GetValueOrDefault(row) + sign;
            if (count == 0)
            {
                Ephemeral.Remove(row);
            }
            else
            {
                Ephemeral[row] = count;
            }
        }
    }

    private void Ensure(int row)
    {
        if (row >= _pods.Length)
        {
            Array.Resize(ref _pods, Math.Max(row + 1, _pods.Length * 2));
            Array.Resize(ref _versions, _pods.Length);
        }
    }

    private static bool HasVolumes(Pod pod)
    {
        foreach (var volume in pod.Spec.Volumes)
        {
            if (volume.PersistentVolumeClaim is not null || volume.Ephemeral is not null || InlineVolumes.Count(volume))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class ClaimUse
    {
        public List<int> Rows { get; } = [];

        public int Names { get; set; }
    }
}
