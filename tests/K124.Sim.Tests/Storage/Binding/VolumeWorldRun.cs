using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Storage.Binding;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Tests.Storage.Binding;

/// <summary>A scheduler and the reference in the same random world, taken through the same steps and compared after each.</summary>
internal sealed class VolumeWorldRun
{
    private static readonly string[] VolumePlugins = ["VolumeRestrictions", "EBSLimits", "GCEPDLimits", "NodeVolumeLimits", "AzureDiskLimits", "VolumeBinding", "VolumeZone"];

    private readonly VolumeDice _dice;
    private readonly ReferenceVolumes _reference = new();
    private readonly List<PersistentVolumeClaim> _claims = [];
    private readonly List<Pod> _waiting = [];
    private readonly int _nodes;
    private int _number;

    public VolumeWorldRun(int seed)
    {
        _dice = new(seed);
        _nodes = 1 + _dice.Below(5);
        Scheduler = new(Cluster.Empty, new() { Release = KubernetesRelease.OfPatch(4), PercentageOfNodesToScore = 100 });
        foreach (var item in _dice.Fixed(_nodes))
        {
            Apply(item);
        }

        for (var i = 0; i < 12; i++)
        {
            AddPod();
        }

        for (var i = 0; i < 3 * _nodes; i++)
        {
            Apply(_dice.Volume(_number++, _nodes, _claims));
            Apply(_dice.Capacity(_number++, _nodes));
        }
    }

    public Scheduler Scheduler { get; private set; }

    public ReferenceVolumes Reference => _reference;

    public List<string> Log { get; } = [];

    /// <summary>How often each kind of verdict was seen.</summary>
    public SortedDictionary<string, int> Seen { get; } = new(StringComparer.Ordinal);

    /// <param name="count">How many.</param>
    /// <param name="forks">Whether to go on in forks now and then.</param>
    public void Steps(int count, bool forks = false)
    {
        for (var i = 0; i < count; i++)
        {
            if (forks && _dice.Chance(8))
            {
                GoOnInFork();
            }

            Step();
            CompareAssumed();
            CheckInvariants();
        }
    }

    private void Step()
    {
        switch (_dice.Below(20))
        {
            case < 9:
                Schedule();
                break;
            case < 11:
                Forget();
                break;
            case < 13:
                PreBind();
                break;
            case 13:
                AddPod();
                break;
            case 14:
                Apply(_dice.Volume(_number++, _nodes, _claims));
                break;
            case 15:
                Apply(_dice.Capacity(_dice.Chance(50) ? _number++ : _dice.Below(_number), _nodes));
                break;
            case 16:
                Apply(_dice.Chance(50) ? _dice.Node(_dice.Below(_nodes)) : _dice.CSINode(_dice.Below(_nodes)));
                break;
            case 17:
                DeleteSomething();
                break;
            case 18:
                TouchSomething();
                break;
            default:
                Apply(_dice.Driver(_dice.Chance(70)));
                break;
        }
    }

    /// <summary>Goes on with a fork, after the scheduler that it was made from has lost much of what it had.</summary>
    private void GoOnInFork()
    {
        var left = Scheduler;
        Scheduler = left.Fork();
        Log.Add("fork");
        foreach (var (pod, node) in _reference.Pods.Values)
        {
            left.Forget(ObjectKey.Of(pod));
            if (_dice.Chance(30))
            {
                left.Assume(pod, node);
            }
        }

        foreach (var kind in new[] { "PersistentVolume", "CSINode", "CSIStorageCapacity", "CSIDriver" })
        {
            var names = kind switch
            {
                "PersistentVolume" => _reference.Volumes.Keys,
                "CSINode" => _reference.CSINodes.Keys,
                "CSIStorageCapacity" => _reference.Capacities.Keys,
                _ => (IEnumerable<string>)_reference.Drivers.Keys,
            };
            foreach (var name in names.Where(_ => _dice.Chance(50)))
            {
                left.Delete(ApiKind.All.Single(known => known.Kind == kind), new(kind == "CSIStorageCapacity" ? "default" : "", name));
            }
        }

        left.Apply(_dice.Node(_dice.Below(_nodes)));
        _waiting.ForEach(pod => left.Schedule(pod));
    }

    private void AddPod()
    {
        var pod = _dice.Pod(_number++, _claims);
        _waiting.Add(pod);
        foreach (var claim in _dice.ClaimsOf(pod))
        {
            _claims.Add(claim);
            if (_dice.Chance(97))
            {
                Apply(claim);
            }
        }
    }

    private void Schedule()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var pod = _dice.Of(_waiting);
        Equal($"{pod.Metadata.Name} by index", Decided(pod, IndexUse.Never), Decided(pod, IndexUse.Always));
        var answer = Scheduler.Explain(pod);
        Compare(pod, answer);
        if (answer.BestNodes.IsEmpty)
        {
            return;
        }

        var node = answer.BestNodes[_dice.Below(answer.BestNodes.Length)];
        Log.Add($"place {pod.Metadata.Name} on {node}");
        Scheduler.Assume(pod, node);
        _reference.Reserve(pod, node);
        _reference.Pods[pod.Metadata.Name] = (pod, node);
        _waiting.Remove(pod);
        Assert.Equal(_reference.Reserved.ContainsKey(pod.Metadata.Name), Scheduler.ReservedVolumes(ObjectKey.Of(pod)) is not null);
    }

    /// <summary>The decision, by looking at every node or by the index of the pod's class.</summary>
    private string Decided(Pod pod, IndexUse use)
    {
        using var checkpoint = Scheduler.Checkpoint();
        Scheduler.IndexUse = use;
        var result = Scheduler.Schedule(pod);
        Scheduler.Rollback(checkpoint);
        return $"{result} of {result.FeasibleNodes}; {string.Join("; ", result.NodeStatuses.OrderBy(static status => status.NodeName, StringComparer.Ordinal))}";
    }

    private void Forget()
    {
        if (_reference.Pods.Count == 0)
        {
            return;
        }

        var (pod, _) = _dice.Of([.. _reference.Pods.Values]);
        Log.Add($"forget {pod.Metadata.Name}");
        Forget(pod);
    }

    private void Forget(Pod pod)
    {
        Scheduler.Forget(ObjectKey.Of(pod));
        _reference.Revert(pod.Metadata.Name);
        _reference.Pods.Remove(pod.Metadata.Name);
        _waiting.Add(pod);
    }

    /// <summary>Writes what is reserved for a pod; controllers finish it, or fail.</summary>
    private void PreBind()
    {
        var reserved = _reference.Reserved.Keys.Where(_reference.Pods.ContainsKey).ToList();
        if (reserved.Count == 0)
        {
            return;
        }

        var pod = _reference.Pods[_dice.Of(reserved)].Pod;
        Log.Add($"prebind {pod.Metadata.Name}");
        var attempt = Scheduler.BeginPreBind(ObjectKey.Of(pod), Write);
        if (attempt.Error is null && _dice.Chance(80))
        {
            FinishBinding(attempt);
        }

        var state = Scheduler.CheckPreBind(ObjectKey.Of(pod));
        if (state.IsComplete)
        {
            _reference.Reserved.Remove(pod.Metadata.Name);
        }
        else
        {
            Forget(pod);
        }
    }

    private VolumeWrite Write(IApiObject item)
    {
        if (_dice.Chance(5))
        {
            return VolumeWrite.Failed("the API is not there");
        }

        IApiObject stored = item switch
        {
            PersistentVolume volume => volume with { Metadata = volume.Metadata with { ResourceVersion = _dice.Meta("").ResourceVersion } },
            PersistentVolumeClaim claim => claim with { Metadata = claim.Metadata with { ResourceVersion = _dice.Meta("").ResourceVersion } },
            _ => throw new InvalidOperationException(item.Kind),
        };
        Apply(stored);
        return VolumeWrite.Succeeded(stored);
    }

    private void FinishBinding(VolumeBindingAttempt attempt)
    {
        foreach (var (claim, volume) in attempt.Volumes.StaticBindings)
        {
            Apply(volume with { Metadata = volume.Metadata with { ResourceVersion = _dice.Meta("").ResourceVersion }, Status = new() { Phase = "Bound" } });
            Bind(claim.Metadata.Name, volume.Metadata.Name);
        }

        foreach (var claim in attempt.Volumes.DynamicProvisions)
        {
            var name = "pvc-" + claim.Metadata.Name;
            Apply(new PersistentVolume
            {
                Metadata = _dice.Meta(name),
                Spec = new()
                {
                    StorageClassName = claim.Spec.StorageClassName!,
                    Capacity = claim.Spec.Resources.Requests,
                    AccessModes = claim.Spec.AccessModes,
                    Csi = new() { Driver = "csi.example.com", VolumeHandle = name },
                    ClaimRef = new() { Namespace = "default", Name = claim.Metadata.Name, Uid = claim.Metadata.Uid },
                },
                Status = new() { Phase = "Bound" },
            });
            Bind(claim.Metadata.Name, name);
        }
    }

    private void Bind(string claimName, string volume)
    {
        var claim = _reference.Claims[claimName].Api;
        Apply(claim with
        {
            Metadata = claim.Metadata with
            {
                ResourceVersion = _dice.Meta("").ResourceVersion,
                Annotations = claim.Metadata.Annotations.With("pv.kubernetes.io/bind-completed", "yes"),
            },
            Spec = claim.Spec with { VolumeName = volume },
            Status = claim.Status with { Phase = "Bound" },
        });
    }

    private void DeleteSomething()
    {
        var (kind, names) = _dice.Below(5) switch
        {
            < 2 => ("PersistentVolume", _reference.Volumes.Keys.ToList()),
            2 => ("CSIStorageCapacity", [.. _reference.Capacities.Keys]),
            3 => ("CSINode", [.. _reference.CSINodes.Keys]),
            _ => ("CSIDriver", _reference.Drivers.Keys.ToList()),
        };
        if (names.Count > 0)
        {
            var name = _dice.Of(names);
            Log.Add($"delete {kind} {name}");
            _reference.Delete(kind, name);
            Scheduler.Delete(ApiKind.All.Single(known => known.Kind == kind), new(kind == "CSIStorageCapacity" ? "default" : "", name));
        }
    }

    /// <summary>The API changes a claim or a volume, which drops what was assumed of it.</summary>
    private void TouchSomething()
    {
        if (_dice.Chance(50) && _reference.Claims.Count > 0)
        {
            var claim = _dice.Of([.. _reference.Claims.Values]).Api;
            Apply(claim with { Metadata = claim.Metadata with { ResourceVersion = _dice.Meta("").ResourceVersion, Annotations = claim.Metadata.Annotations.With("note", "x") } });
        }
        else if (_reference.Volumes.Count > 0)
        {
            var volume = _dice.Of([.. _reference.Volumes.Values]).Api;
            Apply(volume with { Metadata = volume.Metadata with { ResourceVersion = _dice.Meta("").ResourceVersion, Labels = volume.Metadata.Labels.With("tier", _dice.Of(["gold", "tin"])) } });
        }
    }

    private void Apply(IApiObject item)
    {
        Log.Add($"apply {item.Kind} {item.Metadata.Name}");
        _reference.Apply(item);
        Scheduler.Apply(item);
    }

    private void Compare(Pod pod, SchedulingExplanation answer)
    {
        var rejection = _reference.Rejection(pod);
        Equal($"{pod.Metadata.Name} rejection", rejection ?? "", answer.Result.PreFilterStatus?.Reasons[0] ?? "");
        Count(rejection is null ? "filtered" : "rejected");
        if (rejection is not null)
        {
            return;
        }

        var claims = Scheduler.Volumes.GetPodVolumes(pod);
        foreach (var node in _reference.Nodes.Keys)
        {
            var expected = _reference.Find(pod, node);
            var found = Scheduler.Volumes.FindPodVolumes(claims, node);
            Equal($"{pod.Metadata.Name} bindings on {node}", string.Join(", ", expected.Bindings), string.Join(", ", found.Volumes.StaticBindings.Select(static binding => (binding.Claim.Metadata.Name, binding.Volume.Metadata.Name))));
            Equal($"{pod.Metadata.Name} provisions on {node}", string.Join(", ", expected.Provisions), string.Join(", ", found.Volumes.DynamicProvisions.Select(static claim => claim.Metadata.Name)));
            List<string> statuses =
            [
                .. _reference.ExceedsLimits(pod, node) ? ["NodeVolumeLimits: node(s) exceed max volume count"] : Array.Empty<string>(),
                .. expected.Reasons.Count > 0 ? [$"VolumeBinding: {string.Join(", ", expected.Reasons)}"] : Array.Empty<string>(),
                .. _reference.ZoneConflict(pod, node) is { } zone ? [$"VolumeZone: {zone}"] : Array.Empty<string>(),
            ];
            var answered = answer.NodeStatuses.Where(status => status.NodeName == node).SelectMany(static status => status.Plugins)
                .Where(static status => VolumePlugins.Contains(status.Plugin)).Select(static status => $"{status.Plugin}: {string.Join(", ", status.Reasons)}");
            Equal($"{pod.Metadata.Name} on {node}", string.Join("; ", statuses), string.Join("; ", answered));
            statuses.ForEach(Count);
            Count(expected.Bindings.Count > 0 ? "static" : expected.Provisions.Count > 0 ? "provision" : "neither");
        }
    }

    private void CompareAssumed()
    {
        var volumes = _reference.Volumes.Values.Where(static volume => !ReferenceEquals(volume.Api, volume.Latest)).Select(static volume => volume.Latest);
        Assert.Equal(volumes, Scheduler.Volumes.AssumedVolumes);
        var claims = _reference.Claims.Values.Where(static claim => !ReferenceEquals(claim.Api, claim.Latest)).Select(static claim => claim.Latest);
        Assert.Equal(claims, Scheduler.Volumes.AssumedClaims);
    }

    /// <summary>No volume is reserved for two claims, or for one while it is bound to another.</summary>
    private void CheckInvariants()
    {
        var byVolume = _reference.Pods.Values.Select(placed => Scheduler.ReservedVolumes(ObjectKey.Of(placed.Pod))).OfType<PodVolumes>()
            .SelectMany(static volumes => volumes.StaticBindings)
            .Select(static binding => (Volume: binding.Volume.Metadata.Name, Claim: binding.Claim.Metadata.Name))
            .Where(binding => Scheduler.Volumes.AssumedVolumes.Any(volume => volume.Metadata.Name == binding.Volume && volume.Spec.ClaimRef!.Name == binding.Claim))
            .Distinct().GroupBy(static binding => binding.Volume);
        Assert.All(byVolume, static group => Assert.Single(group));
    }

    private void Equal(string what, string expected, string answered)
    {
        if (expected != answered)
        {
            Assert.Fail($"{what}: reference says '{expected}', scheduler '{answered}'\nafter {string.Join("\n", Log.TakeLast(30))}");
        }
    }

    private void Count(string what) => Seen[what] = Seen.GetValueOrDefault(what) + 1;
}
