using FsCheck.Xunit;
using K124.Sim.Model;
using K124.Sim.Platform;
using K124.Sim.Scheduling;
using K124.Sim.Tests.Scheduling.Guard;

namespace K124.Sim.Tests.Scheduling.Volumes;

/// <summary>Pods whose claims come to the same are of one class: a scheduler that looks at each of them on its own decides the same.</summary>
public sealed class VolumesAlikeProperties
{
    [Property(MaxTest = 250, Arbitrary = [typeof(CaseSeeds)], QuietOnSuccess = true)]
    public void Classes_of_volumes_change_no_decision(CaseSeed seed) => new World(seed.Value).Run(60);

    [Fact]
    public void Worlds_reach_the_hard_cases()
    {
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < 80; seed++)
        {
            var world = new World(seed);
            world.Run(60);
            foreach (var word in world.Seen)
            {
                seen[word] = seen.GetValueOrDefault(word) + 1;
            }
        }

        string[] wanted =
        [
            "placed", "node(s) exceed max volume count", "node(s) had no available volume zone", "node(s) had volume node affinity conflict", "node(s) had no available disk",
            "not found", "bound to non-existent", "is being deleted", "pod has unbound immediate", "ReadWriteOncePod access mode", "could not translate pv", "evicted",
        ];
        Assert.DoesNotContain(wanted, word => !seen.Keys.Any(text => text.Contains(word, StringComparison.Ordinal)));
    }

    private sealed class World
    {
        private const string Zone = "topology.kubernetes.io/zone";
        private const string Region = "topology.kubernetes.io/region";
        private static readonly string[] Sources = ["csi", "csi", "csi", "other", "ebs", "ebs", "gce", "azure", "nfs"];

        private readonly ClusterDice _dice;
        private readonly int _nodes;
        private readonly List<Pod> _placed = [];
        private readonly Stack<(Checkpoint Alike, Checkpoint Apart, List<Pod> Placed)> _remembered = [];
        private Scheduler _alike;
        private Scheduler _apart;
        private int _number;
        private int _version;

        public World(int seed)
        {
            _dice = new(seed);
            _nodes = 2 + _dice.Below(5);
            IApiObject[] objects =
            [
                .. Enumerable.Range(0, _nodes).SelectMany<int, IApiObject>(i => [Node(i), CSINode(i)]),
                .. Enumerable.Range(0, 10).Select(Volume), .. Enumerable.Range(0, 12).Select(Claim), Class(),
            ];
            var options = new SchedulerOptions
            {
                MaxVolumesPerNode = _dice.Pick(1, 2, 3),
                FeatureGates = FeatureGates.Of(("ReadWriteOncePod", true), ("CSIMigrationAWS", _dice.Chance(80)), ("CSIMigrationGCE", true)),
                TieBreak = _dice.Pick(TieBreak.FirstByName, TieBreak.FirstInOrder, TieBreak.Seeded),
                Seed = 7,
            };
            var use = _dice.Pick(IndexUse.Usual, IndexUse.Always);
            _alike = new(Cluster.Of(objects), options) { IndexUse = use };
            _apart = new(Cluster.Of(objects), options) { IndexUse = IndexUse.Never, LooksAtVolumesApart = true };
        }

        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        public void Run(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                Step();
            }
        }

        private void Step()
        {
            switch (_dice.Below(20))
            {
                case < 9:
                    Place();
                    break;
                case < 11 when _placed.Count > 0:
                    Forget(_dice.Pick([.. _placed]));
                    break;
                case 11:
                    Apply(Volume(_dice.Below(10)));
                    break;
                case 12:
                    Apply(Claim(_dice.Below(12)));
                    break;
                case 13:
                    Apply(_dice.Chance(50) ? Node(_dice.Below(_nodes)) : CSINode(_dice.Below(_nodes)));
                    break;
                case 14:
                    Delete(_dice.Pick(("PersistentVolume", new ObjectKey("", $"v{_dice.Below(10)}")), ("PersistentVolumeClaim", new("a", $"c{_dice.Below(12)}")), ("CSINode", new("", $"n{_dice.Below(_nodes)}"))));
                    break;
                case 15:
                    _remembered.Push((_alike.Checkpoint(), _apart.Checkpoint(), [.. _placed]));
                    break;
                case 16 when _remembered.TryPop(out var remembered):
                    _alike.Rollback(remembered.Alike);
                    _apart.Rollback(remembered.Apart);
                    remembered.Alike.Dispose();
                    remembered.Apart.Dispose();
                    _placed.Clear();
                    _placed.AddRange(remembered.Placed);
                    break;
                case 17:
                    (_alike, _apart) = (_alike.Fork(), _apart.Fork());
                    _remembered.Clear();
                    break;
                default:
                    var pod = Pod();
                    Same(DecisionText.Of(_apart.Explain(pod)), DecisionText.Of(_alike.Explain(pod)));
                    break;
            }
        }

        private void Place()
        {
            var pod = Pod();
            var (expected, result) = (_apart.Schedule(pod), _alike.Schedule(pod));
            Same(DecisionText.Of(expected), DecisionText.Of(result));
            Seen.Add(expected.IsScheduled ? "placed" : expected.Message);
            if (expected.NodeName is { } node)
            {
                _alike.Assume(pod, node);
                _apart.Assume(pod, node);
                _placed.Add(pod);
            }
            else if (expected.Preemption?.Nominated is { } nominated)
            {
                Seen.Add("evicted");
                foreach (var victim in nominated.Victims)
                {
                    Forget(_placed.Single(other => other.Metadata.Name == victim.Metadata.Name));
                }

                _alike.Nominate(pod, nominated.NodeName);
                _apart.Nominate(pod, nominated.NodeName);
            }
        }

        private void Forget(Pod pod)
        {
            _placed.Remove(pod);
            _alike.Forget(ObjectKey.Of(pod));
            _apart.Forget(ObjectKey.Of(pod));
        }

        private void Apply(IApiObject item)
        {
            _alike.Apply(item);
            _apart.Apply(item);
        }

        private void Delete((string Kind, ObjectKey Key) gone)
        {
            var kind = ApiKind.All.Single(kind => kind.Kind == gone.Kind);
            _alike.Delete(kind, gone.Key);
            _apart.Delete(kind, gone.Key);
        }

        private static void Same(string expected, string actual) => Assert.True(expected == actual, string.Join("\n", DecisionText.Differences(expected, actual)));

        private Pod Pod() => new()
        {
            Metadata = Meta($"p{_number++}") with { Namespace = "a" },
            Spec = new()
            {
                Containers = [new() { Resources = new() { Requests = StringMap.Of(("cpu", Quantity.Parse(_dice.Pick("100m", "1")))) } }],
                Volumes = [.. Enumerable.Range(0, _dice.Pick(1, 1, 1, 2)).Select(PodVolume)],
                Priority = _dice.Pick<int?>(null, null, 5),
            },
        };

        private Volume PodVolume(int i) => _dice.Below(12) switch
        {
            0 => new() { Name = $"v{i}", AwsElasticBlockStore = new() { VolumeID = Id() } },
            1 => new() { Name = $"v{i}", GcePersistentDisk = new() { PdName = Id(), ReadOnly = _dice.Chance(50) } },
            2 => new() { Name = $"v{i}", EmptyDir = new() },
            _ => new() { Name = $"v{i}", PersistentVolumeClaim = new() { ClaimName = $"c{_dice.Below(13)}" } },
        };

        private string Id() => $"id-{_dice.Below(8)}";

        private PersistentVolumeClaim Claim(int i) => new()
        {
            Metadata = Meta($"c{i}") with
            {
                Namespace = "a",
                Annotations = _dice.Chance(85) ? StringMap.Of(("pv.kubernetes.io/bind-completed", "yes")) : StringMap<string>.Empty,
                DeletionTimestamp = _dice.Chance(4) ? DateTimeOffset.UnixEpoch : null,
            },
            Spec = new()
            {
                VolumeName = _dice.Chance(90) ? $"v{(_dice.Chance(80) ? i : _dice.Below(11))}" : "",
                StorageClassName = "late",
                AccessModes = [_dice.Chance(12) ? "ReadWriteOncePod" : "ReadWriteOnce"],
                Resources = new() { Requests = StringMap.Of(("storage", Quantity.Parse("1Gi"))) },
            },
            Status = new() { Phase = _dice.Chance(4) ? "Lost" : "Bound" },
        };

        private PersistentVolume Volume(int i)
        {
            var source = _dice.Pick(Sources);
            var zones = StringMap<string>.Empty;
            zones = _dice.Chance(25) ? zones.With(Zone, _dice.Pick("z0", "z1", "z0__z1", "")) : zones;
            zones = _dice.Chance(10) ? zones.With(Region, "r0") : zones;
            return new()
            {
                Metadata = Meta($"v{i}") with { Labels = zones },
                Spec = new()
                {
                    Capacity = StringMap.Of(("storage", Quantity.Parse("1Gi"))),
                    AccessModes = ["ReadWriteOnce"],
                    NodeAffinity = _dice.Chance(40) ? Affinity(_dice.Pick(Zone, "topology.gke.io/zone"), _dice.Pick("z0", "z1")) : null,
                    ClaimRef = new() { Namespace = "a", Name = $"c{i}" },
                    Csi = source is "csi" or "other" ? new() { Driver = source == "csi" ? "ebs.csi.aws.com" : "x.example.com", VolumeHandle = _dice.Chance(50) ? $"own-{i}" : Id() } : null,
                    AwsElasticBlockStore = source == "ebs" ? new() { VolumeID = _dice.Chance(8) ? "aws://a/b" : _dice.Chance(50) ? $"own-{i}" : Id() } : null,
                    GcePersistentDisk = source == "gce" ? new() { PdName = Id() } : null,
                    AzureDisk = source == "azure" ? new() { DiskName = Id(), DiskURI = Id() } : null,
                },
                Status = new() { Phase = "Bound" },
            };
        }

        private static VolumeNodeAffinity Affinity(string key, string value) => new()
        {
            Required = new() { NodeSelectorTerms = [new() { MatchExpressions = [new() { Key = key, Operator = "In", Values = [value] }] }] },
        };

        private static StorageClass Class() => new() { Metadata = new() { Name = "late" }, Provisioner = "x.example.com", VolumeBindingMode = "WaitForFirstConsumer" };

        private Node Node(int i) => new()
        {
            Metadata = Meta($"n{i}") with
            {
                Labels = StringMap.Of(("kubernetes.io/hostname", $"n{i}"), (Zone, _dice.Pick("z0", "z1")), (Region, _dice.Pick("r0", "r0", "r1")), ("topology.gke.io/zone", _dice.Pick("z0", "z1"))),
            },
            Status = new() { Allocatable = StringMap.Of(("cpu", Quantity.Parse("4")), ("memory", Quantity.Parse("8Gi")), ("pods", Quantity.Parse("20"))) },
        };

        private CSINode CSINode(int i) => new()
        {
            Metadata = Meta($"n{i}") with
            {
                Annotations = _dice.Chance(50) ? StringMap.Of(("storage.alpha.kubernetes.io/migrated-plugins", _dice.Pick("kubernetes.io/aws-ebs", "kubernetes.io/aws-ebs,kubernetes.io/gce-pd"))) : StringMap<string>.Empty,
            },
            Spec = new() { Drivers = [.. new[] { "ebs.csi.aws.com", "x.example.com", "pd.csi.storage.gke.io" }.Where(_ => _dice.Chance(70)).Select(name => new CSINodeDriver { Name = name, NodeID = $"n{i}", Allocatable = new() { Count = 1 + _dice.Below(3) } })] },
        };

        private ObjectMeta Meta(string name) => new() { Name = name, Uid = name, ResourceVersion = $"{++_version}" };
    }
}
