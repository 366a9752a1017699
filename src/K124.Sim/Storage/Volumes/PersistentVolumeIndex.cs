using K124.Sim.Model;
using K124.Sim.Model.Selectors;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Storage.Volumes;

/// <summary>Volumes by class, mode, access modes and size, and by the claim that they name.</summary>
/// <param name="tieBreak">Order among volumes of one size, which 1.24 leaves open; by name if null.</param>
/// <remarks>Kubernetes 1.24 pkg/controller/volume/persistentvolume (index), component-helpers/storage/volume (FindMatchingVolume).</remarks>
internal sealed class PersistentVolumeIndex(Comparison<PersistentVolume>? tieBreak = null)
{
    private readonly Comparison<PersistentVolume> _tieBreak = tieBreak ?? ByName;
    private readonly Dictionary<string, PersistentVolume> _volumes = [];
    private readonly Dictionary<ObjectKey, List<PersistentVolume>> _byClaim = [];
    private readonly SortedDictionary<AccessModeSet, Dictionary<(string Class, string VolumeMode), VolumeShelf>> _shelves = new(AccessModeSet.FewestFirst);

    public IEnumerable<PersistentVolume> Volumes => _volumes.Values;

    public PersistentVolume? Find(string name) => _volumes.GetValueOrDefault(name);

    /// <summary>Puts a volume in, in place of an older version.</summary>
    public void Set(PersistentVolume volume)
    {
        Remove(volume.Metadata.Name);
        _volumes.Add(volume.Metadata.Name, volume);
        if (volume.Spec.ClaimRef is { } claim)
        {
            var key = new ObjectKey(claim.Namespace, claim.Name);
            if (!_byClaim.TryGetValue(key, out var named))
            {
                _byClaim.Add(key, named = []);
            }

            var position = named.FindIndex(other => _tieBreak(volume, other) < 0);
            named.Insert(position < 0 ? named.Count : position, volume);
        }
        else if (IsFree(volume))
        {
            ShelfOf(volume).Add(volume);
        }
    }

    public bool Remove(string name)
    {
        if (!_volumes.Remove(name, out var volume))
        {
            return false;
        }

        if (volume.Spec.ClaimRef is { } claim)
        {
            var key = new ObjectKey(claim.Namespace, claim.Name);
            var named = _byClaim[key];
            named.Remove(volume);
            if (named.Count == 0)
            {
                _byClaim.Remove(key);
            }
        }
        else if (IsFree(volume))
        {
            ShelfOf(volume).Remove(volume);
        }

        return true;
    }

    /// <summary>The volume that the PV controller binds a claim to: of the sets of access modes that suffice, those of fewest modes first.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="delayBinding">Whether only a volume that names the claim may be taken.</param>
    public VolumeMatch FindByClaim(PersistentVolumeClaim claim, bool delayBinding)
    {
        var request = new Request(claim);
        if (request.Error is not null)
        {
            return new(null, request.Error);
        }

        var asked = AccessModeSet.OfClaim(claim.Spec.AccessModes);
        var reserved = ReservedFor(request).Where(volume => SetOf(volume).Contains(asked)).OrderBy(SetOf, AccessModeSet.FewestFirst).FirstOrDefault();
        var free = delayBinding ? null : SmallestByModes(request, asked);
        return new(reserved is not null && (free is null || AccessModeSet.FewestFirst.Compare(SetOf(reserved), SetOf(free)) <= 0) ? reserved : free, null);
    }

    /// <summary>The volume for a claim out of all: one that names the claim, else the smallest that suits.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="nodeLabels">Labels of the node that must reach the volume; null if no node is chosen, and then access modes do not count.</param>
    /// <param name="excluded">Names of volumes that are not to be taken.</param>
    /// <param name="delayBinding">Whether, with no node chosen, only a volume that names the claim may be taken.</param>
    public VolumeMatch FindMatchingVolume(PersistentVolumeClaim claim, StringMap<string>? nodeLabels, IReadOnlySet<string> excluded, bool delayBinding)
    {
        var request = new Request(claim);
        if (request.Error is not null)
        {
            return new(null, request.Error);
        }

        if (ReservedFor(request).FirstOrDefault(volume => !excluded.Contains(volume.Metadata.Name)) is { } reserved)
        {
            return new(IsReached(reserved, nodeLabels) ? reserved : null, null);
        }

        if (nodeLabels is null && delayBinding)
        {
            return default;
        }

        var asked = AccessModeSet.OfClaim(nodeLabels is null ? [] : claim.Spec.AccessModes);
        PersistentVolume? smallest = null;
        foreach (var (modes, shelves) in _shelves)
        {
            if (modes.Contains(asked)
                && shelves.TryGetValue((request.Class, request.VolumeMode), out var shelf)
                && shelf.Smallest(request.Size, volume =>
                    request.Selects(volume) && !excluded.Contains(volume.Metadata.Name) && IsReached(volume, nodeLabels)) is { } volume
                && (smallest is null || shelf.Precedes(volume, smallest)))
            {
                smallest = volume;
            }
        }

        return new(smallest, null);
    }

    private PersistentVolume? SmallestByModes(Request request, AccessModeSet asked)
    {
        foreach (var (modes, shelves) in _shelves)
        {
            if (modes.Contains(asked)
                && shelves.TryGetValue((request.Class, request.VolumeMode), out var shelf)
                && shelf.Smallest(request.Size, request.Condition) is { } volume)
            {
                return volume;
            }
        }

        return null;
    }

    /// <summary>Volumes that name the claim and suffice; neither phase nor class nor selector count.</summary>
    private IEnumerable<PersistentVolume> ReservedFor(Request request) => _byClaim.TryGetValue(ObjectKey.Of(request.Claim), out var named)
        ? named.Where(volume => Claims.IsBoundTo(volume, request.Claim)
            && volume.Metadata.DeletionTimestamp is null
            && Claims.CapacityOf(volume) >= request.Size
            && VolumeModes.Match(volume.Spec.VolumeMode, request.VolumeMode))
        : [];

    private VolumeShelf ShelfOf(PersistentVolume volume)
    {
        if (!_shelves.TryGetValue(SetOf(volume), out var shelves))
        {
            _shelves.Add(SetOf(volume), shelves = []);
        }

        var key = (Claims.ClassOf(volume), volume.Spec.VolumeMode ?? VolumeModes.Filesystem);
        if (!shelves.TryGetValue(key, out var shelf))
        {
            shelves.Add(key, shelf = new(_tieBreak));
        }

        return shelf;
    }

    private static bool IsFree(PersistentVolume volume) => volume.Status.Phase == VolumePhases.Available && volume.Metadata.DeletionTimestamp is null;

    private static AccessModeSet SetOf(PersistentVolume volume) => AccessModeSet.OfVolume(volume.Spec.AccessModes);

    private static bool IsReached(PersistentVolume volume, StringMap<string>? nodeLabels) =>
        nodeLabels is null || NodeTopology.Of(volume.Spec.NodeAffinity).Matches(nodeLabels);

    private static int ByName(PersistentVolume left, PersistentVolume right) => string.CompareOrdinal(left.Metadata.Name, right.Metadata.Name);

    /// <summary>What a claim asks of a volume.</summary>
    private readonly struct Request
    {
        private readonly CompiledSelector? _selector;

        public Request(PersistentVolumeClaim claim)
        {
            Claim = claim;
            Class = Claims.ClassOf(claim);
            VolumeMode = claim.Spec.VolumeMode ?? VolumeModes.Filesystem;
            Size = claim.Spec.Resources.Requests.GetValueOrDefault(Claims.StorageResource);
            if (claim.Spec.Selector is { } selector)
            {
                _selector = CompiledSelector.TryCompile(selector, out var error);
                Error = error is null ? null : $"error creating internal label selector for claim: {ObjectKey.Of(claim)}: {error}";
            }
        }

        public PersistentVolumeClaim Claim { get; }

        public string Class { get; }

        public string VolumeMode { get; }

        public Quantity Size { get; }

        public string? Error { get; }

        public Predicate<PersistentVolume>? Condition => _selector is { MatchesEverything: false } ? Selects : null;

        public bool Selects(PersistentVolume volume) => _selector is null || _selector.Matches(volume.Metadata.Labels);
    }
}
