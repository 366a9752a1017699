using FsCheck;
using FsCheck.Xunit;
using K124.Sim.Model;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Tests.Storage.Binding;

public sealed class VolumeBinderForkProperties
{
    private const int Steps = 60;

    /// <summary>Each side, however often it was forked, is what a binder is that has lived through the side's history alone.</summary>
    [Property(MaxTest = 150, QuietOnSuccess = true)]
    public void Every_side_equals_a_binder_with_the_same_history(DoNotSize<int> seed)
    {
        var dice = new VolumeDice(seed.Item);
        List<ForkedBinder> sides = [new(dice)];
        var now = sides[0];
        for (var i = 0; i < Steps; i++)
        {
            switch (dice.Below(20))
            {
                case < 2 when sides.Count < 5:
                    sides.Add(now.Fork());
                    break;
                case < 6:
                    now = dice.Of(sides);
                    break;
                default:
                    now.Step(dice);
                    break;
            }

            if (i % 10 == 9)
            {
                sides.ForEach(static side => side.CompareWithTwin());
            }
        }
    }

    [Property(MaxTest = 60, QuietOnSuccess = true)]
    public void Sides_on_threads_of_their_own_do_not_disturb_one_another(DoNotSize<int> seed)
    {
        var dice = new VolumeDice(seed.Item);
        var parent = new ForkedBinder(dice);
        for (var i = 0; i < 20; i++)
        {
            parent.Step(dice);
        }

        ForkedBinder[] sides = [parent.Fork(), parent.Fork(), parent];
        Parallel.For(0, sides.Length, number =>
        {
            var own = new VolumeDice(seed.Item + number + 1, version: 1_000);
            for (var i = 0; i < 25; i++)
            {
                sides[number].Step(own);
                sides[number].Picture();
            }

            sides[number].CompareWithTwin();
        });
    }

    /// <summary>What was taken before the fork comes back to the side that gives it back, and to that one alone.</summary>
    [Fact]
    public void Each_side_gives_back_capacity_of_its_own()
    {
        var parent = Counting();
        var taken = Reserve(parent, "a")!;
        var fork = parent.Fork();
        foreach (var side in new[] { fork, parent })
        {
            Assert.Null(Reserve(side, "b"));
            side.RevertAssumedPodVolumes(taken);
            Assert.NotNull(Reserve(side, "b"));
            Assert.Null(Reserve(side, "a"));
        }
    }

    /// <summary>What the driver publishes anew is not raised by what was taken of what it published before.</summary>
    [Fact]
    public void Capacity_published_since_is_not_given_back_to()
    {
        var binder = Counting();
        var taken = Reserve(binder, "a")!;
        binder.Apply(Capacity with { Capacity = Quantity.Parse("1Gi") });
        binder.RevertAssumedPodVolumes(taken);
        Assert.Null(Reserve(binder, "a"));
    }

    /// <summary>One request is one object on both sides if it was made before the fork; those made later are each side's own.</summary>
    [Fact]
    public void Requests_made_before_a_fork_are_the_same_objects_on_both_sides()
    {
        var parent = Counting();
        var (before, later) = (Claim("a"), Claim("a") with { Spec = new() { StorageClassName = "other" } });
        var request = parent.RequestOf(before);
        var fork = parent.Fork();
        Assert.Same(request, fork.RequestOf(before));
        Assert.NotSame(parent.RequestOf(later), fork.RequestOf(later));
    }

    private static CSIStorageCapacity Capacity => new()
    {
        Metadata = new() { Namespace = "default", Name = "cap" },
        StorageClassName = "dyn",
        NodeTopology = new(),
        Capacity = Quantity.Parse("3Gi"),
    };

    private static VolumeBinder Counting() => new(
        Cluster.Of(
            new Node { Metadata = new() { Name = "n" } },
            new StorageClass { Metadata = new() { Name = "dyn" }, Provisioner = "csi.example.com", VolumeBindingMode = "WaitForFirstConsumer" },
            new CSIDriver { Metadata = new() { Name = "csi.example.com" }, Spec = new() { StorageCapacity = true } },
            Capacity,
            Claim("a"),
            Claim("b")),
        new() { ConsumesCapacity = true });

    private static PodVolumes? Reserve(VolumeBinder binder, string claim)
    {
        var claims = binder.GetPodVolumes(new()
        {
            Metadata = new() { Namespace = "default", Name = "p" },
            Spec = new() { Volumes = [new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = claim } }] },
        });
        var finding = binder.FindPodVolumes(claims, "n");
        return finding.Fits ? binder.AssumePodVolumes(claims, "n", finding.Volumes).Volumes : null;
    }

    private static PersistentVolumeClaim Claim(string name) => new()
    {
        Metadata = new() { Namespace = "default", Name = name, Uid = name },
        Spec = new()
        {
            StorageClassName = "dyn",
            AccessModes = ["ReadWriteOnce"],
            Resources = new() { Requests = StringMap.Of(("storage", Quantity.Parse("2Gi"))) },
        },
        Status = new() { Phase = "Pending" },
    };

    [Fact]
    public void Histories_reach_what_they_are_about()
    {
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < 60; seed++)
        {
            var dice = new VolumeDice(seed);
            var side = new ForkedBinder(dice);
            for (var i = 0; i < Steps; i++)
            {
                side.Step(dice);
            }

            foreach (var (what, count) in side.Seen)
            {
                seen[what] = seen.GetValueOrDefault(what) + count;
            }
        }

        Assert.All(
            ["static", "provision", "revert", "bind", "undo", "Delete Node", "Delete PersistentVolume", "Delete PersistentVolumeClaim", "Delete StorageClass",
                "Delete CSIDriver", "Delete CSINode", "Delete CSIStorageCapacity", "Apply Node", "Apply PersistentVolume", "Apply PersistentVolumeClaim",
                "Apply StorageClass", "Apply CSIDriver", "Apply CSINode", "Apply CSIStorageCapacity"],
            what => Assert.True(seen.GetValueOrDefault(what) > 10, $"{what}: {seen.GetValueOrDefault(what)}"));
    }
}
