using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Binding;

public sealed partial class VolumeBinder
{
    private const string NoProvisioner = "kubernetes.io/no-provisioner";

    /// <summary>Looks for volumes for the claims of a pod on a node, and whether those that none is found for can be provisioned there.</summary>
    /// <param name="claims">The pod's claims, as <see cref="GetPodVolumes"/> sorted them just before.</param>
    /// <param name="nodeName">Name of the node.</param>
    /// <returns>What was found, or why the node does not fit.</returns>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public VolumeFinding FindPodVolumes(PodVolumeClaims claims, string nodeName)
    {
        ArgumentNullException.ThrowIfNull(claims);
        return Find(Resolve(claims), RowOf(nodeName));
    }

    internal VolumeFinding Find(ClaimSet claims, int row)
    {
        var conflicts = Find(claims, row, _buffer);
        return new(
            new([.. _buffer.Bindings], _buffer.CanProvision ? [.. _buffer.Provisions.Select(static claim => claim.Claim)] : []),
            conflicts.Reasons(),
            _buffer.Error);
    }

    /// <summary>As <see cref="FindPodVolumes"/>, leaving what is found in a buffer.</summary>
    internal VolumeConflicts Find(ClaimSet claims, int row, FindBuffer buffer)
    {
        buffer.Clear();
        var conflicts = CheckBound(claims.Bound, row, buffer);
        if (claims.Pending.Length == 0 || buffer.Error is not null)
        {
            return conflicts;
        }

        var nodeName = _nodes[row]!.Metadata.Name;
        foreach (var claim in claims.Pending)
        {
            if (claim.SelectedNode is not { } selected)
            {
                continue;
            }

            if (!string.Equals(selected, nodeName, StringComparison.Ordinal))
            {
                buffer.Provisions.Clear();
                return conflicts | VolumeConflicts.NoVolume;
            }

            buffer.Provisions.Add(claim);
        }

        var foundAll = Match(claims.BySize, row, buffer);
        if (buffer.Error is not null)
        {
            return VolumeConflicts.Error;
        }

        return conflicts | (buffer.Provisions.Count > 0 ? CheckProvisions(row, buffer) : foundAll ? VolumeConflicts.None : VolumeConflicts.NoVolume);
    }

    private int RowOf(string nodeName) =>
        _nodes.Find(nodeName) is >= 0 and var row ? row : throw new ArgumentException($"There is no node '{nodeName}'.", nameof(nodeName));

    private VolumeConflicts CheckBound(BoundVolume[] bound, int row, FindBuffer buffer)
    {
        foreach (var volume in bound)
        {
            if (volume.Volume is null)
            {
                return VolumeConflicts.VolumeMissing;
            }

            var node = _nodes[row]!;
            var isReached = volume.IsReached(_migration, volume.IsOfInTreePlugin ? FindCSINode(node.Metadata.Name) : null, node.Metadata.Labels, out var error);
            if (error is not null)
            {
                buffer.Error = error;
                return VolumeConflicts.Error;
            }

            if (!isReached)
            {
                return VolumeConflicts.NodeAffinity;
            }
        }

        return VolumeConflicts.None;
    }

    /// <summary>Chooses a volume for each claim that has none in view; claims left without one are to be provisioned.</summary>
    private bool Match(PendingClaim[] claims, int row, FindBuffer buffer)
    {
        var foundAll = true;
        foreach (var claim in claims)
        {
            if (claim.SelectedNode is not null)
            {
                continue;
            }

            if (claim.Request.SelectorError is { } error)
            {
                buffer.Error = $"error creating internal label selector for claim: {ObjectKey.Of(claim.Claim)}: {error}";
                return false;
            }

            if (MatchingVolume(claim, row, buffer.Bindings) is { } volume)
            {
                buffer.Bindings.Add(new(claim.Claim, volume));
            }
            else
            {
                buffer.Provisions.Add(claim);
                foundAll = false;
            }
        }

        return foundAll;
    }

    private PersistentVolume? MatchingVolume(PendingClaim claim, int row, List<BindingInfo> taken)
    {
        foreach (var volume in claim.Reserved)
        {
            if (IsEligible(volume, claim.Request) && !taken.Exists(binding => ReferenceEquals(binding.Volume, volume)))
            {
                return NodeTopology.Of(volume.Spec.NodeAffinity).Matches(_nodes.Labels(row)) ? volume : null;
            }
        }

        return ClassOf(claim.Request.ClassName).Volumes.Smallest(claim.Request, row, taken);
    }

    /// <summary>Whether a volume that names a claim can be its volume; selector and access modes do not count.</summary>
    private static bool IsEligible(PersistentVolume volume, ClaimRequest request) =>
        Claims.ClassOf(volume) == request.ClassName
        && Claims.CapacityOf(volume) >= request.Storage
        && VolumeModes.Match(volume.Spec.VolumeMode, request.VolumeMode)
        && volume.Metadata.DeletionTimestamp is null;

    private VolumeConflicts CheckProvisions(int row, FindBuffer buffer)
    {
        var conflicts = VolumeConflicts.None;
        var taken = 0;
        for (; taken < buffer.Provisions.Count && conflicts == VolumeConflicts.None; taken++)
        {
            conflicts = CheckProvision(buffer.Provisions[taken], row, buffer);
        }

        _tried.Clear();
        buffer.CanProvision = conflicts == VolumeConflicts.None;
        return conflicts;
    }

    private VolumeConflicts CheckProvision(PendingClaim claim, int row, FindBuffer buffer)
    {
        var name = claim.Request.ClassName;
        var storage = ClassOf(name);
        if (storage.Object is not { } storageClass)
        {
            buffer.Error = name.Length == 0 ? $"no class for claim \"{ObjectKey.Of(claim.Claim)}\"" : $"failed to find storage class \"{name}\"";
            return VolumeConflicts.Error;
        }

        if (storageClass.Provisioner is "" or NoProvisioner || !storage.AllowedTopologies.Matches(_nodes.Labels(row)))
        {
            return VolumeConflicts.NoVolume;
        }

        return HasEnoughCapacity(claim.Request, storage, row) ? VolumeConflicts.None : VolumeConflicts.NotEnoughSpace;
    }

    /// <summary>Whether some capacity object that the node reaches allows a volume of the size. Each claim is looked at alone, unless
    /// capacity counts down.</summary>
    private bool HasEnoughCapacity(ClaimRequest request, ClassStorage storage, int row)
    {
        if (!IsCapacityTracked(request, storage))
        {
            return true;
        }

        if (!_options.ConsumesCapacity)
        {
            // A limit of -1 says that there is none, and requests are not negative.
            return storage.Capacity.Limit(row) is >= 0 and var limit && limit >= request.Bytes;
        }

        if (SmallestSufficient(request, storage, row) is not { } entry)
        {
            return false;
        }

        _tried.Add((entry, request.Bytes));
        return true;
    }

    /// <summary>Whether the driver of a class publishes capacity, and the request is one that it matters for.</summary>
    internal bool IsCapacityTracked(ClaimRequest request, ClassStorage storage) =>
        request.HasStorage && storage.Object is { } storageClass && FindDriver(storageClass.Provisioner)?.Spec.StorageCapacity == true;
}
