using FsCheck;
using FsCheck.Xunit;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Tests.Storage.Binding;

namespace K124.Sim.Tests.Scheduling.Volumes;

/// <summary>Clusters filled with pods whose claims are bound beforehand, find volumes, or are provisioned; the API carries out some of it at once.</summary>
public sealed class VolumeLimitProperties
{
    private static readonly Dictionary<string, string> Drivers = new(StringComparer.Ordinal) { ["dyn"] = "csi.example.com", ["plain"] = "plain.example.com" };

    [Property(MaxTest = 150, QuietOnSuccess = true)]
    public void No_node_has_more_volumes_than_its_limit(DoNotSize<int> seed) => Assert.Equal("", Fill(seed.Item, []));

    [Fact]
    public void Limits_are_met_by_volumes_of_every_origin()
    {
        var origins = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < 60; seed++)
        {
            Fill(seed, origins);
        }

        Assert.All(["bound before", "found", "provisioned", "node full"], what => Assert.True(origins.GetValueOrDefault(what) >= 10, $"{what}: {origins.GetValueOrDefault(what)}"));
    }

    /// <summary>Places pods until none is left.</summary>
    /// <returns>The nodes and drivers beyond their limits.</returns>
    private static string Fill(int seed, SortedDictionary<string, int> origins)
    {
        var dice = new VolumeDice(seed);
        var nodes = 1 + dice.Below(3);
        var cluster = Cluster.Of(dice.Fixed(nodes)).Add(Enumerable.Range(0, 4).Select(i => dice.Capacity(i, nodes)));
        var scheduler = new Scheduler(cluster);
        var claims = new Dictionary<string, PersistentVolumeClaim>(StringComparer.Ordinal);
        List<Pod> pods = [];
        for (var i = 0; i < 25; i++)
        {
            pods.Add(dice.Pod(i, [.. claims.Values]));
            foreach (var claim in dice.ClaimsOf(pods[i]))
            {
                Keep(claim with { Spec = claim.Spec with { StorageClassName = dice.Of(["dyn", "plain"]) } });
            }
        }

        for (var i = 0; i < 16; i++)
        {
            var volume = dice.Volume(i, nodes, []);
            var className = dice.Of(["dyn", "plain"]);
            volume = volume with { Spec = volume.Spec with { StorageClassName = className, Csi = volume.Spec.Csi! with { Driver = Drivers[className] } } };
            scheduler.Apply(volume);
            if (dice.Chance(40) && claims.Values.FirstOrDefault(claim => claim.Spec.VolumeName == "" && claim.Spec.StorageClassName == className) is { } owner)
            {
                Bind(owner, volume, "bound before");
            }
        }

        List<(Pod Pod, string Node)> placed = [];
        foreach (var pod in pods)
        {
            if (scheduler.Place(pod).NodeName is not { } node)
            {
                continue;
            }

            placed.Add((pod, node));
            if (dice.Chance(60) && scheduler.ReservedVolumes(ObjectKey.Of(pod)) is { } reserved)
            {
                foreach (var binding in reserved.StaticBindings)
                {
                    Bind(claims[binding.Claim.Metadata.Name], binding.Volume, "found");
                }

                foreach (var claim in reserved.DynamicProvisions)
                {
                    var volume = dice.Volume(100 + placed.Count, nodes, []);
                    Bind(claims[claim.Metadata.Name], volume with
                    {
                        Metadata = volume.Metadata with { Name = "pvc-" + claim.Metadata.Name },
                        Spec = volume.Spec with
                        {
                            NodeAffinity = null,
                            Csi = new() { Driver = Drivers[claim.Spec.StorageClassName!], VolumeHandle = "pvc-" + claim.Metadata.Name },
                        },
                    }, "provisioned");
                }
            }
        }

        return string.Join("; ", cluster.CSINodes.SelectMany(csiNode => csiNode.Spec.Drivers
            .Where(driver => driver.Allocatable?.Count is { } limit && Attached(csiNode.Metadata.Name, driver.Name) > limit)
            .Select(driver => $"{csiNode.Metadata.Name}: {Attached(csiNode.Metadata.Name, driver.Name)} volumes of {driver.Name}, limit {driver.Allocatable!.Count}")));

        int Attached(string node, string driver)
        {
            var attached = placed.Where(other => other.Node == node).SelectMany(static other => other.Pod.Spec.Volumes.Select(volume => ClaimName(other.Pod, volume)))
                .Distinct(StringComparer.Ordinal).Count(name => Drivers[claims[name].Spec.StorageClassName!] == driver);
            if (cluster.CSINodes[new("", node)].Spec.Drivers.Any(other => other.Name == driver && other.Allocatable?.Count == attached))
            {
                origins["node full"] = origins.GetValueOrDefault("node full") + 1;
            }

            return attached;
        }

        void Keep(PersistentVolumeClaim claim)
        {
            claims[claim.Metadata.Name] = claim;
            scheduler.Apply(claim);
        }

        void Bind(PersistentVolumeClaim claim, PersistentVolume volume, string origin)
        {
            origins[origin] = origins.GetValueOrDefault(origin) + 1;
            scheduler.Apply(volume with
            {
                Metadata = volume.Metadata with { ResourceVersion = dice.Meta("").ResourceVersion },
                Spec = volume.Spec with { ClaimRef = new() { Namespace = "default", Name = claim.Metadata.Name, Uid = claim.Metadata.Uid } },
                Status = volume.Status with { Phase = "Bound" },
            });
            Keep(claim with
            {
                Metadata = claim.Metadata with
                {
                    ResourceVersion = dice.Meta("").ResourceVersion,
                    Annotations = claim.Metadata.Annotations.With("pv.kubernetes.io/bind-completed", "yes"),
                },
                Spec = claim.Spec with { VolumeName = volume.Metadata.Name },
                Status = claim.Status with { Phase = "Bound" },
            });
        }
    }

    private static string ClaimName(Pod pod, Volume volume) => volume.PersistentVolumeClaim?.ClaimName ?? $"{pod.Metadata.Name}-{volume.Name}";
}
