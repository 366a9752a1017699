using K124.Sim.Model;

namespace K124.Sim.Tests.Reference;

/// <summary>Volume binding as the rules read: lists are scanned, nothing is kept between questions.</summary>
public sealed class ReferenceVolumes
{
    private const string BindCompleted = "pv.kubernetes.io/bind-completed";
    private const string BoundByController = "pv.kubernetes.io/bound-by-controller";
    private const string SelectedNode = "volume.kubernetes.io/selected-node";

    public SortedDictionary<string, Node> Nodes { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, (PersistentVolume Api, PersistentVolume Latest)> Volumes { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, (PersistentVolumeClaim Api, PersistentVolumeClaim Latest)> Claims { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, StorageClass> Classes { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, CSIDriver> Drivers { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, CSINode> CSINodes { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, CSIStorageCapacity> Capacities { get; } = new(StringComparer.Ordinal);

    /// <summary>Pods on nodes, by name.</summary>
    public SortedDictionary<string, (Pod Pod, string Node)> Pods { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, (List<(string Claim, string Volume)> Bindings, List<string> Provisions)> Reserved { get; } = new(StringComparer.Ordinal);

    public void Apply(IApiObject item)
    {
        var name = item.Metadata.Name;
        switch (item)
        {
            case Node node: Nodes[name] = node; break;
            case PersistentVolume volume: Volumes[name] = (volume, volume); break;
            case PersistentVolumeClaim claim: Claims[name] = (claim, claim); break;
            case StorageClass storage: Classes[name] = storage; break;
            case CSIDriver driver: Drivers[name] = driver; break;
            case CSINode csiNode: CSINodes[name] = csiNode; break;
            case CSIStorageCapacity capacity: Capacities[name] = capacity; break;
            default: throw new ArgumentException(item.Kind, nameof(item));
        }
    }

    public void Delete(string kind, string name)
    {
        switch (kind)
        {
            case "PersistentVolume": Volumes.Remove(name); break;
            case "PersistentVolumeClaim": Claims.Remove(name); break;
            case "CSIDriver": Drivers.Remove(name); break;
            case "CSINode": CSINodes.Remove(name); break;
            case "CSIStorageCapacity": Capacities.Remove(name); break;
            default: throw new ArgumentException(kind, nameof(kind));
        }
    }

    /// <summary>Why no node can take the pod; null if that is not so.</summary>
    public string? Rejection(Pod pod)
    {
        foreach (var (name, isEphemeral) in ClaimsOf(pod))
        {
            if (!Claims.TryGetValue(name, out var found))
            {
                return isEphemeral
                    ? $"waiting for ephemeral volume controller to create the persistentvolumeclaim \"{name}\""
                    : $"persistentvolumeclaim \"{name}\" not found";
            }

            var claim = found.Api;
            if (claim.Status.Phase == "Lost")
            {
                return $"persistentvolumeclaim \"{name}\" bound to non-existent persistentvolume \"{claim.Spec.VolumeName}\"";
            }

            if (claim.Metadata.DeletionTimestamp is not null)
            {
                return $"persistentvolumeclaim \"{name}\" is being deleted";
            }

            if (isEphemeral && !IsOwner(pod, claim))
            {
                return $"PVC default/{name} was not created for pod default/{pod.Metadata.Name} (pod is not owner)";
            }
        }

        return ClaimsOf(pod).Select(claim => Claims[claim.Name].Latest).Any(claim => !IsBound(claim) && !(IsDelayed(claim) && claim.Spec.VolumeName == ""))
            ? "pod has unbound immediate PersistentVolumeClaims"
            : null;
    }

    /// <summary>VolumeBinding on one node.</summary>
    public (List<string> Reasons, List<(string Claim, string Volume)> Bindings, List<string> Provisions) Find(Pod pod, string nodeName)
    {
        var node = Nodes[nodeName];
        var claims = ClaimsOf(pod).Select(claim => Claims[claim.Name].Latest).ToList();
        bool boundFit = true, found = true, space = true, volumesExist = true;
        foreach (var claim in claims.Where(IsBound))
        {
            if (!Volumes.TryGetValue(claim.Spec.VolumeName, out var volume))
            {
                volumesExist = false;
                break;
            }

            if (!Reaches(volume.Latest, node))
            {
                boundFit = false;
                break;
            }
        }

        var bindings = new List<(string, string)>();
        var provisions = new List<PersistentVolumeClaim>();
        var toBind = claims.Where(static claim => !IsBound(claim)).ToList();
        var isElsewhere = toBind.Any(claim => claim.Metadata.Annotations.TryGetValue(SelectedNode, out var selected) && selected != nodeName);
        if (isElsewhere)
        {
            found = false;
        }
        else
        {
            provisions.AddRange(toBind.Where(static claim => claim.Metadata.Annotations.ContainsKey(SelectedNode)));
            foreach (var claim in toBind.Where(static claim => !claim.Metadata.Annotations.ContainsKey(SelectedNode)).OrderBy(Request))
            {
                if (Choose(claim, node, bindings.Select(static binding => binding.Item2).ToHashSet()) is { } volume)
                {
                    bindings.Add((claim.Metadata.Name, volume.Metadata.Name));
                }
                else
                {
                    provisions.Add(claim);
                    found = false;
                }
            }

            if (provisions.Count > 0)
            {
                found = true;
                foreach (var claim in provisions)
                {
                    var storage = Classes[ClassOf(claim)];
                    if (storage.Provisioner is "" or "kubernetes.io/no-provisioner" || !Allows(storage, node))
                    {
                        found = false;
                        break;
                    }

                    if (!HasSpace(claim, storage, node))
                    {
                        space = false;
                        break;
                    }
                }
            }
        }

        List<string> reasons = [];
        reasons.AddRange(boundFit ? [] : ["node(s) had volume node affinity conflict"]);
        reasons.AddRange(found ? [] : ["node(s) didn't find available persistent volumes to bind"]);
        reasons.AddRange(space ? [] : ["node(s) did not have enough free storage"]);
        reasons.AddRange(volumesExist ? [] : ["node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)"]);
        return (reasons, bindings, found && space && !isElsewhere ? provisions.ConvertAll(static claim => claim.Metadata.Name) : []);
    }

    /// <summary>The CSI limits of one node; true if they are exceeded.</summary>
    public bool ExceedsLimits(Pod pod, string nodeName)
    {
        var added = Attachments(pod).ToHashSet();
        if (added.Count == 0 || !CSINodes.TryGetValue(nodeName, out var csiNode))
        {
            return false;
        }

        var attached = Pods.Values.Where(placed => placed.Node == nodeName).SelectMany(placed => Attachments(placed.Pod)).ToHashSet();
        return csiNode.Spec.Drivers.Any(driver => driver.Allocatable?.Count is { } limit
            && added.Except(attached).Count(volume => volume.Driver == driver.Name) is > 0 and var count
            && attached.Count(volume => volume.Driver == driver.Name) + count > limit);
    }

    /// <summary>Whether the zones of bound volumes keep a pod off a node.</summary>
    public string? ZoneConflict(Pod pod, string nodeName)
    {
        const string ZoneKey = "topology.kubernetes.io/zone";
        if (!Nodes[nodeName].Metadata.Labels.TryGetValue(ZoneKey, out var zone))
        {
            return null;
        }

        foreach (var name in pod.Spec.Volumes.Select(static volume => volume.PersistentVolumeClaim?.ClaimName).OfType<string>())
        {
            var claim = Claims[name].Api;
            if (claim.Spec.VolumeName == "")
            {
                continue;
            }

            if (!Volumes.TryGetValue(claim.Spec.VolumeName, out var volume))
            {
                return $"persistentvolume \"{claim.Spec.VolumeName}\" not found";
            }

            if (volume.Api.Metadata.Labels.TryGetValue(ZoneKey, out var zones) && !zones.Split("__").Contains(zone))
            {
                return "node(s) had no available volume zone";
            }
        }

        return null;
    }

    public void Reserve(Pod pod, string nodeName)
    {
        var claims = ClaimsOf(pod).Select(claim => Claims[claim.Name].Latest).ToList();
        if (claims.TrueForAll(IsBound))
        {
            return;
        }

        var (_, bindings, provisions) = Find(pod, nodeName);
        foreach (var (claimName, volumeName) in bindings)
        {
            var (api, latest) = Volumes[volumeName];
            var claim = Claims[claimName].Latest;
            if (latest.Spec.ClaimRef?.Uid == claim.Metadata.Uid)
            {
                continue;
            }

            var annotations = IsFor(latest, claim) || latest.Metadata.Annotations.ContainsKey(BoundByController)
                ? latest.Metadata.Annotations
                : latest.Metadata.Annotations.With(BoundByController, "yes");
            Volumes[volumeName] = (api, latest with
            {
                Metadata = latest.Metadata with { Annotations = annotations },
                Spec = latest.Spec with { ClaimRef = RefTo(claim) },
            });
        }

        foreach (var name in provisions)
        {
            var (api, latest) = Claims[name];
            Claims[name] = (api, latest with { Metadata = latest.Metadata with { Annotations = latest.Metadata.Annotations.With(SelectedNode, nodeName) } });
        }

        Reserved[pod.Metadata.Name] = (bindings, provisions);
    }

    public void Revert(string pod)
    {
        if (!Reserved.Remove(pod, out var reserved))
        {
            return;
        }

        foreach (var (_, volume) in reserved.Bindings.Where(binding => Volumes.ContainsKey(binding.Volume)))
        {
            Volumes[volume] = (Volumes[volume].Api, Volumes[volume].Api);
        }

        foreach (var claim in reserved.Provisions.Where(Claims.ContainsKey))
        {
            Claims[claim] = (Claims[claim].Api, Claims[claim].Api);
        }
    }

    private static ObjectReference RefTo(PersistentVolumeClaim claim) => new()
    {
        ApiVersion = "v1",
        Kind = "PersistentVolumeClaim",
        Namespace = "default",
        Name = claim.Metadata.Name,
        Uid = claim.Metadata.Uid,
        ResourceVersion = claim.Metadata.ResourceVersion,
    };

    private static List<(string Name, bool IsEphemeral)> ClaimsOf(Pod pod) =>
    [
        .. pod.Spec.Volumes.Where(static volume => volume.PersistentVolumeClaim is not null || volume.Ephemeral is not null)
            .Select(volume => (volume.PersistentVolumeClaim?.ClaimName ?? $"{pod.Metadata.Name}-{volume.Name}", volume.Ephemeral is not null)),
    ];

    private static bool IsOwner(Pod pod, PersistentVolumeClaim claim) =>
        claim.Metadata.OwnerReferences.Any(owner => owner.Controller == true && owner.Uid == pod.Metadata.Uid);

    private static string ClassOf(PersistentVolumeClaim claim) =>
        claim.Metadata.Annotations.TryGetValue("volume.beta.kubernetes.io/storage-class", out var name) ? name : claim.Spec.StorageClassName ?? "";

    private static bool IsBound(PersistentVolumeClaim claim) => claim.Spec.VolumeName != "" && claim.Metadata.Annotations.ContainsKey(BindCompleted);

    private bool IsDelayed(PersistentVolumeClaim claim) => Classes.TryGetValue(ClassOf(claim), out var storage) && storage.VolumeBindingMode == "WaitForFirstConsumer";

    private static Quantity Request(PersistentVolumeClaim claim) => claim.Spec.Resources.Requests.TryGetValue("storage", out var size) ? size : default;

    private static Quantity Size(PersistentVolume volume) => volume.Spec.Capacity.TryGetValue("storage", out var size) ? size : default;

    private static bool IsFor(PersistentVolume volume, PersistentVolumeClaim claim) =>
        volume.Spec.ClaimRef is { } reference && reference.Name == claim.Metadata.Name && (reference.Uid == "" || reference.Uid == claim.Metadata.Uid);

    private static bool Reaches(PersistentVolume volume, Node node) => volume.Spec.NodeAffinity?.Required is not { } required
        || required.NodeSelectorTerms.Any(term => !ReferenceNodeTerm.IsEmpty(term)
            && ReferenceNodeTerm.Parse(term) is { Parses: true } parsed && parsed.Labels.All(test => test.Holds(node.Metadata.Labels)));

    private static bool Allows(StorageClass storage, Node node) => storage.AllowedTopologies.IsEmpty
        || storage.AllowedTopologies.Any(term => term.MatchLabelExpressions.Length > 0
            && term.MatchLabelExpressions.All(expression => node.Metadata.Labels.TryGetValue(expression.Key, out var value) && expression.Values.Contains(value)));

    private bool HasSpace(PersistentVolumeClaim claim, StorageClass storage, Node node) =>
        !claim.Spec.Resources.Requests.ContainsKey("storage")
        || !Drivers.TryGetValue(storage.Provisioner, out var driver)
        || driver.Spec.StorageCapacity != true
        || Capacities.Values.Any(capacity => capacity.StorageClassName == storage.Metadata.Name
            && (capacity.MaximumVolumeSize ?? capacity.Capacity) is { } limit && limit.Value() >= Request(claim).Value()
            && capacity.NodeTopology is not null && ReferenceSelector.Parse(capacity.NodeTopology)?.Matches(node.Metadata.Labels) == true);

    private PersistentVolume? Choose(PersistentVolumeClaim claim, Node node, HashSet<string> taken)
    {
        PersistentVolume? smallest = null;
        foreach (var volume in Volumes.Values.Select(static volume => volume.Latest).Where(volume => volume.Spec.StorageClassName == ClassOf(claim)))
        {
            if (taken.Contains(volume.Metadata.Name)
                || (volume.Spec.ClaimRef is not null && !IsFor(volume, claim))
                || Size(volume) < Request(claim)
                || (volume.Spec.VolumeMode ?? "Filesystem") != (claim.Spec.VolumeMode ?? "Filesystem")
                || volume.Metadata.DeletionTimestamp is not null)
            {
                continue;
            }

            if (IsFor(volume, claim))
            {
                return Reaches(volume, node) ? volume : null;
            }

            if (volume.Status.Phase == "Available"
                && (claim.Spec.Selector is null || ReferenceSelector.Parse(claim.Spec.Selector)!.Matches(volume.Metadata.Labels))
                && Reaches(volume, node)
                && claim.Spec.AccessModes.All(mode => volume.Spec.AccessModes.Contains(mode))
                && (smallest is null || Size(volume) < Size(smallest)))
            {
                smallest = volume;
            }
        }

        return smallest;
    }

    private IEnumerable<(string Driver, string Handle)> Attachments(Pod pod)
    {
        foreach (var (name, _) in ClaimsOf(pod))
        {
            if (!Claims.TryGetValue(name, out var found))
            {
                continue;
            }

            var claim = found.Api;
            if (claim.Spec.VolumeName != "" && Volumes.TryGetValue(claim.Spec.VolumeName, out var volume))
            {
                if (volume.Api.Spec.Csi is { } source)
                {
                    yield return (source.Driver, source.VolumeHandle);
                }
            }
            else if (Classes.TryGetValue(ClassOf(claim), out var storage) && storage.Provisioner != "")
            {
                yield return (storage.Provisioner, "claim/" + name);
            }
        }
    }
}
