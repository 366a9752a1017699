using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Scheduling.Volumes;

/// <summary>What the plugins may read of a pod's volumes, the same for pods that they cannot tell apart.</summary>
internal sealed partial class VolumeState
{
    private const int ManyTerms = 1 << 12;
    private const byte Reached = 1;
    private const byte NotReached = 2;

    private readonly List<byte[]?> _reach = [];
    private ForkableMap<VolumeTermsKey, VolumeTerms> _terms;
    private ShapeStep _shapes = new();

    /// <summary>Whether each pod with claims is looked at on its own, for tests that hold both ways equal.</summary>
    public bool IsApart { get; set; }

    /// <summary>What the plugins may read of a pod; null if it has no volume that they look at.</summary>
    public VolumeShape? ShapeOf(Pod pod)
    {
        var volumes = pod.Spec.Volumes;
        var step = _shapes;
        var (claims, isInline, isCounted) = (0, false, false);
        for (var i = 0; i < volumes.Length; i++)
        {
            var volume = volumes[i];
            if (Claims.NameOf(pod, volume) is not { } name)
            {
                isInline |= InlineVolumes.Count(volume);
                continue;
            }

            var key = new ObjectKey(pod.Metadata.Namespace, name);
            if (IsApart || (claims++ > 0 && IsRepeated(pod, i, name)) || Binder.SettledClaim(key) is not { } claim || claim.Status.Phase == "Lost" || claim.Metadata.DeletionTimestamp is not null)
            {
                return VolumeShape.Own(pod);
            }

            if (RequestOf(pod, volume, key, claim) is { } request)
            {
                step = step.Then(request);
            }
            else if (BoundOf(pod, volume, key, claim) is { } bound)
            {
                isCounted |= bound.Terms.CountedPlugin is not null;
                step = step.Then(bound);
            }
            else
            {
                return VolumeShape.Own(pod);
            }
        }

        return isInline ? (isCounted ? VolumeShape.Own(pod) : step.ShapeWith(volumes.Where(InlineVolumes.Count)))
            : claims > 0 ? step.Shape
            : null;
    }

    /// <summary>Whether a node reaches a volume with the given terms; remembered by node.</summary>
    public bool Reaches(VolumeTerms terms, int row)
    {
        if (terms.IsReachedEverywhere)
        {
            return true;
        }

        while (_reach.Count <= terms.Id)
        {
            _reach.Add(null);
        }

        if (_reach[terms.Id] is not { } column || column.Length <= row)
        {
            column = _reach[terms.Id] ?? [];
            Array.Resize(ref column, _nodes.RowCount);
            _reach[terms.Id] = column;
        }

        if (column[row] == 0)
        {
            column[row] = IsReached(terms, row) ? Reached : NotReached;
        }

        return column[row] == Reached;
    }

    /// <summary>Whether a node reaches a volume with the given terms.</summary>
    public bool IsReached(VolumeTerms terms, int row) => terms.IsReached(
        _nodes.Nodes[row].Metadata.Labels,
        terms.InTreePlugin is { } plugin && Binder.Migration.IsOnForVolumeAffinity(plugin, Binder.FindCSINode(_nodes.Names[row])));

    /// <summary>What is known of a volume that the API has; null if there is none.</summary>
    public VolumeFacts? FactsOf(string volume) => _facts.TryGetValue(volume, out var facts) ? facts : null;

    /// <summary>Forgets shapes, and terms if there are many, for pods that are sorted anew.</summary>
    public void ForgetShapes()
    {
        _shapes = new();
        if (_terms.Count < ManyTerms)
        {
            return;
        }

        _terms = new(_ownership);
        _reach.Clear();
        foreach (var known in _facts.Values.ToList())
        {
            _facts.Set(known.Volume.Metadata.Name, VolumeFacts.Of(known.Volume, TermsOf));
        }
    }

    private static bool IsRepeated(Pod pod, int index, string name)
    {
        for (var i = 0; i < index; i++)
        {
            if (Claims.NameOf(pod, pod.Spec.Volumes[i]) == name)
            {
                return true;
            }
        }

        return false;
    }

    private ClaimRequest? RequestOf(Pod pod, Volume volume, ObjectKey key, PersistentVolumeClaim claim)
    {
        if (claim.Spec.VolumeName.Length > 0
            || claim.Metadata.Annotations.ContainsKey(StorageAnnotations.SelectedNode)
            || claim.Metadata.Annotations.ContainsKey(StorageAnnotations.BetaStorageClass)
            || Binder.FindClass(claim.Spec.StorageClassName ?? "")?.VolumeBindingMode != Claims.WaitForFirstConsumer
            || Binder.VolumesNaming(key).Count > 0
            || Usage.IsUsed(key)
            || _nominations.UseClaim(key)
            || (volume.PersistentVolumeClaim is null && Claims.OwnershipError(pod, claim) is not null))
        {
            return null;
        }

        var request = Binder.RequestOf(claim);
        return request.SelectorError is null ? request : null;
    }

    /// <summary>What is read of a bound claim, unless it has to be looked at on its own.</summary>
    private BoundPart? BoundOf(Pod pod, Volume volume, ObjectKey key, PersistentVolumeClaim claim)
    {
        if (!Claims.IsFullyBound(claim)
            || claim.Spec.AccessModes.Contains(AccessModes.ReadWriteOncePod)
            || (volume.PersistentVolumeClaim is null && Claims.OwnershipError(pod, claim) is not null)
            || FactsOf(claim.Spec.VolumeName) is not { } facts
            || !ReferenceEquals(facts.Volume, Binder.SettledVolume(claim.Spec.VolumeName))
            || (volume.PersistentVolumeClaim is null ? facts.TermsWithoutZones : facts.Terms) is not { } terms)
        {
            return null;
        }

        return new(terms, IsNew(key, claim, facts) ? null : new(facts.Handle, facts.CountedId));
    }

    /// <summary>Whether no pod on a node can have the volume attached, be it by another claim or under another name.</summary>
    private bool IsNew(ObjectKey key, PersistentVolumeClaim claim, VolumeFacts facts) =>
        !Usage.IsUsed(key)
        && ClaimsOf(claim.Spec.VolumeName).Length == 1
        && (facts.Driver is null || _carriers.GetValueOrDefault((facts.Driver, facts.Handle), 0) == 1)
        && (facts.CountedPlugin is null || (_carriers.GetValueOrDefault((facts.CountedPlugin, facts.CountedId), 0) == 1 && _nominations.IsEmpty && !Usage.IsInline(facts.CountedPlugin, facts.CountedId)))
        && !_nominations.UseClaim(key);

    private VolumeTerms TermsOf(VolumeTermsKey key)
    {
        if (!_terms.TryGetValue(key, out var terms))
        {
            _terms.Add(key, terms = new(_terms.Count, key));
        }

        return terms;
    }

    private void NoteFacts(string name)
    {
        if (_facts.Remove(name, out var before))
        {
            CountCarriers(before, -1);
        }

        if (Binder.ApiVolume(name) is { } volume)
        {
            var facts = VolumeFacts.Of(volume, TermsOf);
            _facts.Add(name, facts);
            CountCarriers(facts, 1);
        }
    }

    private void CountCarriers(VolumeFacts facts, int sign)
    {
        if (facts.Driver is not null)
        {
            CountCarrier((facts.Driver, facts.Handle), sign);
        }

        if (facts.CountedPlugin is not null)
        {
            CountCarrier((facts.CountedPlugin, facts.CountedId), sign);
        }
    }

    private void CountCarrier((string Source, string Id) identity, int sign)
    {
        var count = _carriers.GetValueOrDefault(identity, 0) + sign;
        if (count == 0)
        {
            _carriers.Remove(identity, out _);
        }
        else
        {
            _carriers.Set(identity, count);
        }
    }

    /// <summary>Takes notice that a node, or its CSINode, is another.</summary>
    private void ForgetReach(int row)
    {
        foreach (var column in _reach)
        {
            if (column?.Length > row)
            {
                column[row] = 0;
            }
        }
    }
}
