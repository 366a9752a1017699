using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Binding;

public sealed partial class VolumeBinder
{
    /// <summary>Tells for each claim of a pod which volume or capacity object it met on a node, and which came closest where none suits.</summary>
    /// <param name="claims">The pod's claims, as <see cref="GetPodVolumes"/> sorted them.</param>
    /// <param name="nodeName">Name of the node.</param>
    /// <returns>The verdicts; those on capacity are each claim's own, also where capacity counts down.</returns>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public NodeVolumeExplanation ExplainPodVolumes(PodVolumeClaims claims, string nodeName)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var row = RowOf(nodeName);
        var resolved = Resolve(claims);
        Find(resolved, row, _buffer);
        return new(nodeName, [.. resolved.Bound.Select(bound => Explain(bound, row)), .. resolved.Pending.Select(claim => Explain(claim, resolved, row, nodeName))]);
    }

    private ClaimExplanation Explain(BoundVolume bound, int row)
    {
        var node = _nodes[row]!;
        var verdict = bound.Volume is null ? ClaimVerdict.VolumeMissing
            : bound.IsReached(_migration, FindCSINode(node.Metadata.Name), node.Metadata.Labels, out _) ? ClaimVerdict.Bound
            : ClaimVerdict.VolumeOutOfReach;
        return new(ObjectKey.Of(bound.Claim), verdict) { VolumeName = bound.Claim.Spec.VolumeName };
    }

    private ClaimExplanation Explain(PendingClaim claim, ClaimSet all, int row, string nodeName)
    {
        var key = ObjectKey.Of(claim.Claim);
        if (claim.Request.SelectorError is not null)
        {
            return new(key, ClaimVerdict.InvalidSelector);
        }

        if (claim.SelectedNode is { } selected && selected != nodeName)
        {
            return new(key, ClaimVerdict.SelectedElsewhere);
        }

        if (Array.Exists(all.Pending, other => other.SelectedNode is { } node && node != nodeName))
        {
            return new(key, ClaimVerdict.NotLookedAt);
        }

        if (_buffer.Bindings.Find(binding => ReferenceEquals(binding.Claim, claim.Claim)) is { Volume: { } volume })
        {
            return new(key, ClaimVerdict.VolumeFound) { VolumeName = volume.Metadata.Name };
        }

        return ExplainProvision(key, claim, row);
    }

    private ClaimExplanation ExplainProvision(ObjectKey key, PendingClaim claim, int row)
    {
        var request = claim.Request;
        var storage = ClassOf(request.ClassName);
        if (storage.Object?.Provisioner is null or "" or NoProvisioner)
        {
            return new(key, ClaimVerdict.NoVolume) { ClosestVolume = ClosestVolume(request, storage, row) };
        }

        if (!storage.AllowedTopologies.Matches(_nodes.Labels(row)))
        {
            return new(key, ClaimVerdict.TopologyNotAllowed) { ClosestVolume = ClosestVolume(request, storage, row) };
        }

        if (!IsCapacityTracked(request, storage))
        {
            return new(key, ClaimVerdict.Provisionable);
        }

        return SmallestSufficient(request, storage, row) is { } entry
            ? new(key, ClaimVerdict.Provisionable) { Capacity = ObjectKey.Of(entry.Object) }
            : new(key, ClaimVerdict.NotEnoughCapacity)
            {
                ClosestVolume = ClosestVolume(request, storage, row),
                ClosestCapacity = storage.Capacity.Largest(row) is { } closest
                    ? new(ObjectKey.Of(closest.Object).ToString(), Math.Max(closest.Limit, 0), closest.Limit < 0 ? "says nothing of its size" : TooSmall(request, closest.Limit))
                    : null,
            };
    }

    /// <summary>Of the volumes that the node reaches the largest that is too small, else one that is other than asked; else one that other nodes reach.</summary>
    private static ClosestStorage? ClosestVolume(ClaimRequest request, ClassStorage storage, int row)
    {
        PersistentVolume? tooSmall = null;
        PersistentVolume? unlike = null;
        foreach (var number in storage.Volumes.Groups(row))
        {
            var group = storage.Volumes[number];
            if (group.Free.Count > 0 && group.Offers(request) && group.Free.Largest(request) is { } largest)
            {
                tooSmall = tooSmall is null || FreeVolumes.Compare(largest, tooSmall) > 0 ? largest : tooSmall;
            }
            else
            {
                unlike ??= group.Free.Last;
            }
        }

        if (tooSmall is not null)
        {
            var bytes = Claims.CapacityOf(tooSmall).Value();
            return new(tooSmall.Metadata.Name, bytes, bytes < request.Bytes ? TooSmall(request, bytes) : "taken by another claim of the pod");
        }

        if (unlike is not null)
        {
            return new(unlike.Metadata.Name, Claims.CapacityOf(unlike).Value(), "of another mode, or without the labels that the claim selects");
        }

        return storage.Volumes.SmallestAnywhere(request) is { } elsewhere
            ? new(elsewhere.Metadata.Name, Claims.CapacityOf(elsewhere).Value(), "not reached from the node")
            : null;
    }

    private static string TooSmall(ClaimRequest request, long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{request.Bytes - bytes} bytes too small");
}
