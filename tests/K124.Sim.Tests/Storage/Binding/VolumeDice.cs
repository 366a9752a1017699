using K124.Sim.Model;

namespace K124.Sim.Tests.Storage.Binding;

/// <summary>Random nodes, storage objects and pods, small and close to one another so that they meet.</summary>
internal sealed class VolumeDice(int seed, int version = 1)
{
    private const string Zone = "topology.kubernetes.io/zone";
    private const string Host = "kubernetes.io/hostname";

    private static readonly string[] ClassNames = ["local", "dyn", "plain", "now"];
    private static readonly string[] Modes = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany"];

    private readonly SeededRandom _random = SeededRandom.Stream((ulong)(uint)seed, nameof(VolumeDice));
    private int _version = version;

    public int Below(int count) => (int)_random.Next(count);

    public bool Chance(int percent) => Below(100) < percent;

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public ObjectMeta Meta(string name, bool isNamespaced = false) => new()
    {
        Name = name,
        Namespace = isNamespaced ? "default" : "",
        Uid = "uid-" + name,
        ResourceVersion = $"{_version++}",
    };

    public Node Node(int number) => new()
    {
        Metadata = Meta($"n{number}") with
        {
            Labels = Chance(90) ? StringMap.Of((Host, $"n{number}"), (Zone, $"z{number % 2}")) : StringMap.Of((Host, $"n{number}")),
        },
        Status = new() { Allocatable = StringMap.Of(("cpu", Quantity.Parse("64")), ("memory", Quantity.Parse("64Gi")), ("pods", Quantity.Parse("110"))) },
    };

    public IEnumerable<IApiObject> Fixed(int nodes)
    {
        yield return Class("local", "kubernetes.io/no-provisioner", []);
        yield return Class("dyn", "csi.example.com", Chance(30) ? [new() { MatchLabelExpressions = [new() { Key = Zone, Values = ["z1"] }] }] : []);
        yield return Class("plain", "plain.example.com", []);
        yield return Class("now", "plain.example.com", []) with { VolumeBindingMode = "Immediate" };
        yield return Driver(true);
        for (var i = 0; i < nodes; i++)
        {
            yield return Node(i);
            if (Chance(60))
            {
                yield return CSINode(i);
            }
        }
    }

    public CSIDriver Driver(bool tracksCapacity) => new() { Metadata = Meta("csi.example.com"), Spec = new() { StorageCapacity = tracksCapacity } };

    public CSINode CSINode(int node) => new()
    {
        Metadata = Meta($"n{node}"),
        Spec = new()
        {
            Drivers =
            [
                new() { Name = "csi.example.com", NodeID = "x", Allocatable = Chance(70) ? new() { Count = Below(3) } : null },
                new() { Name = "plain.example.com", NodeID = "x", Allocatable = Chance(50) ? new() { Count = 1 + Below(3) } : null },
            ],
        },
    };

    public CSIStorageCapacity Capacity(int number, int nodes) => new()
    {
        Metadata = Meta($"cap{number}", isNamespaced: true),
        StorageClassName = Chance(85) ? "dyn" : "plain",
        NodeTopology = Below(6) switch
        {
            0 => null,
            1 => new(),
            2 => new() { MatchLabels = StringMap.Of((Zone, $"z{Below(2)}")) },
            _ => new() { MatchLabels = StringMap.Of((Host, $"n{Below(nodes)}")) },
        },
        Capacity = Chance(90) ? Quantity.Parse($"{Below(6)}Gi") : null,
        MaximumVolumeSize = Chance(25) ? Quantity.Parse($"{Below(5)}Gi") : null,
    };

    public PersistentVolume Volume(int number, int nodes, IReadOnlyList<PersistentVolumeClaim> claims)
    {
        var reserved = Chance(10) && claims.Count > 0 ? Of(claims) : null;
        return new()
        {
            Metadata = Meta($"pv{number}") with
            {
                Labels = Chance(40) ? StringMap.Of(("tier", Of(["gold", "tin"]))) : StringMap<string>.Empty,
                DeletionTimestamp = Chance(4) ? DateTimeOffset.UnixEpoch : null,
            },
            Spec = new()
            {
                StorageClassName = Of(ClassNames),
                Capacity = StringMap.Of(("storage", Quantity.Parse($"{1 + Below(5)}Gi"))),
                AccessModes = Chance(70) ? ["ReadWriteOnce"] : ["ReadWriteOnce", Of(Modes[1..])],
                VolumeMode = Chance(15) ? "Block" : null,
                NodeAffinity = Below(5) switch
                {
                    0 => null,
                    1 => Affinity(new() { Key = Zone, Operator = "In", Values = [$"z{Below(2)}"] }),
                    2 => Affinity(new() { Key = Host, Operator = Of(["NotIn", "Bad"]), Values = [$"n{Below(nodes)}"] }),
                    _ => Affinity(new() { Key = Host, Operator = "In", Values = [$"n{Below(nodes)}"] }),
                },
                Csi = new() { Driver = Of(["csi.example.com", "plain.example.com"]), VolumeHandle = $"h{number}" },
                ClaimRef = reserved is null
                    ? null
                    : new() { Namespace = "default", Name = reserved.Metadata.Name, Uid = Chance(50) ? "" : Chance(80) ? reserved.Metadata.Uid : "other" },
            },
            Status = new() { Phase = Chance(90) ? "Available" : "Released" },
        };
    }

    public PersistentVolumeClaim Claim(string name, Pod? owner = null) => new()
    {
        Metadata = Meta(name, isNamespaced: true) with
        {
            OwnerReferences = owner is null
                ? []
                : [new() { ApiVersion = "v1", Kind = "Pod", Name = owner.Metadata.Name, Uid = Chance(95) ? owner.Metadata.Uid : "other", Controller = true }],
            Annotations = Chance(4) ? StringMap.Of(("volume.kubernetes.io/selected-node", $"n{Below(3)}")) : StringMap<string>.Empty,
            DeletionTimestamp = Chance(2) ? DateTimeOffset.UnixEpoch : null,
        },
        Spec = new()
        {
            StorageClassName = Chance(3) ? null : Chance(95) ? ClassNames[Below(3)] : "now",
            AccessModes = Chance(85) ? ["ReadWriteOnce"] : [Of(Modes)],
            VolumeMode = Chance(10) ? "Block" : null,
            Resources = Chance(95) ? new() { Requests = StringMap.Of(("storage", Quantity.Parse(Of(["1Gi", "1500Mi", "2Gi", "3Gi", "2147483649"])))) } : new(),
            Selector = Chance(20) ? new() { MatchLabels = StringMap.Of(("tier", Of(["gold", "tin"]))) } : null,
        },
        Status = new() { Phase = Chance(98) ? "Pending" : "Lost" },
    };

    /// <summary>A pod with up to three claims, some of its own and some of others.</summary>
    public Pod Pod(int number, IReadOnlyList<PersistentVolumeClaim> shared)
    {
        List<Volume> volumes = [];
        var count = Below(10) switch { 0 => 0, < 6 => 1, < 9 => 2, _ => 3 };
        for (var i = 0; i < count; i++)
        {
            volumes.Add(Below(10) switch
            {
                0 when shared.Count > 0 => Claimed(i, Of(shared).Metadata.Name),
                1 => new() { Name = $"v{i}", Ephemeral = new() { VolumeClaimTemplate = new() } },
                2 when Chance(10) => Claimed(i, "missing"),
                _ => Claimed(i, $"c{number}-{i}"),
            });
        }

        return new()
        {
            Metadata = new() { Name = $"p{number}", Namespace = "default", Uid = $"uid-p{number}" },
            Spec = new() { Volumes = [.. volumes], Containers = [new() { Name = "c" }] },
        };
    }

    /// <summary>The claims that a pod names and that are its own.</summary>
    public IEnumerable<PersistentVolumeClaim> ClaimsOf(Pod pod)
    {
        foreach (var volume in pod.Spec.Volumes)
        {
            if (volume.Ephemeral is not null)
            {
                yield return Claim($"{pod.Metadata.Name}-{volume.Name}", pod);
            }
            else if (volume.PersistentVolumeClaim!.ClaimName.StartsWith($"c{pod.Metadata.Name[1..]}-", StringComparison.Ordinal))
            {
                yield return Claim(volume.PersistentVolumeClaim.ClaimName);
            }
        }
    }

    private static VolumeNodeAffinity Affinity(NodeSelectorRequirement requirement) =>
        new() { Required = new() { NodeSelectorTerms = [new() { MatchExpressions = [requirement] }] } };

    private static Volume Claimed(int index, string claim) => new() { Name = $"v{index}", PersistentVolumeClaim = new() { ClaimName = claim } };

    private StorageClass Class(string name, string provisioner, System.Collections.Immutable.ImmutableArray<TopologySelectorTerm> allowed) => new()
    {
        Metadata = Meta(name),
        Provisioner = provisioner,
        VolumeBindingMode = "WaitForFirstConsumer",
        AllowedTopologies = allowed,
    };
}
