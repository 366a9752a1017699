using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;

namespace K124.Sim.Tests.Storage.Volumes;

public class PersistentVolumeControllerProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1_000).WithStartSize(5).WithEndSize(80);

    private static readonly Gen<int> Index = Gen.Choose(0, PersistentVolumeWorld.Names - 1);

    private static readonly Gen<WorldStep> Steps = Gen.Frequency(
        (6, Index.Select(static index => (WorldStep)new WorldStep.SyncClaim(index))),
        (4, Index.Select(static index => (WorldStep)new WorldStep.SyncVolume(index))),
        (3, ClaimDice.Claims(PersistentVolumeWorld.Names).Select(static claim => (WorldStep)new WorldStep.CreateClaim(claim))),
        (3, ClaimDice.Volumes(PersistentVolumeWorld.Names).Select(static volume => (WorldStep)new WorldStep.CreateVolume(volume))),
        (1, Index.Select(static index => (WorldStep)new WorldStep.DeleteClaim(index))),
        (1, Index.Select(static index => (WorldStep)new WorldStep.DeleteVolume(index))),
        (1, Gen.Choose(0, 3).Select(static after => (WorldStep)new WorldStep.FailWrite(after))));

    private static readonly Arbitrary<WorldStep[]> Histories = Steps.ArrayOf().ToArbitrary();

    /// <summary>Whatever the order of syncs, API changes and failed writes.</summary>
    [Fact]
    public void No_sync_takes_a_volume_from_its_claim_or_gives_it_to_two() => Prop.ForAll(Histories, static history =>
    {
        var world = new PersistentVolumeWorld();
        foreach (var step in history)
        {
            var (claims, volumes) = (world.Claims, world.Volumes);
            if (world.Play(step) is not { } result)
            {
                continue;
            }

            foreach (var volume in volumes.Where(static volume => volume.Spec.ClaimRef is { Uid.Length: > 0 }))
            {
                // A pair stays a pair.
                if (claims.FirstOrDefault(claim => PersistentVolumeWorld.IsPair(claim, volume)) is { } owner)
                {
                    Assert.Equal(owner.Metadata.Uid, world.Controller.FindVolume(volume.Metadata.Name)?.Spec.ClaimRef?.Uid);
                    Assert.Equal(volume.Metadata.Name, world.Controller.FindClaim(ObjectKey.Of(owner))?.Spec.VolumeName);
                }
            }

            foreach (var claim in result.Changes.Select(static change => change.Object).OfType<PersistentVolumeClaim>().Where(static claim => claim.Status.Phase == "Bound"))
            {
                // Who is bound has the volume, and took it only if it was free or reserved for it.
                var volume = world.Controller.FindVolume(claim.Spec.VolumeName)!;
                Assert.True(PersistentVolumeWorld.IsPair(claim, volume));
                var before = volumes.Single(other => other.Metadata.Name == volume.Metadata.Name).Spec.ClaimRef;
                Assert.True(before is null || (before.Name == claim.Metadata.Name && (before.Uid.Length == 0 || before.Uid == claim.Metadata.Uid)));
            }
        }
    }).Check(Many);

    [Fact]
    public void Syncs_come_to_rest_with_every_binding_mutual() => Prop.ForAll(Histories, Arb.From(Gen.Elements(true, false)), static (history, volumesFirst) =>
    {
        var world = new PersistentVolumeWorld();
        foreach (var step in history)
        {
            world.Play(step);
        }

        Assert.True(world.Settle(volumesFirst) >= 0, "the controller does not come to rest");
        var bound = world.Claims.Where(static claim => claim.Status.Phase == "Bound").ToArray();
        Assert.Equal(bound.Length, bound.Select(static claim => claim.Spec.VolumeName).Distinct(StringComparer.Ordinal).Count());
        foreach (var claim in bound)
        {
            var volume = world.Controller.FindVolume(claim.Spec.VolumeName)!;
            Assert.True(PersistentVolumeWorld.IsPair(claim, volume));
            Assert.Equal("Bound", volume.Status.Phase);
            Assert.Equal("yes", claim.Metadata.Annotations["pv.kubernetes.io/bind-completed"]);
            Assert.Equal(volume.Spec.AccessModes.ToArray(), claim.Status.AccessModes.ToArray());
        }

        foreach (var volume in world.Volumes)
        {
            var isTaken = volume.Spec.ClaimRef is { Uid.Length: > 0 };
            Assert.True(
                volume.Status.Phase switch
                {
                    "Bound" => isTaken && world.Claims.Any(claim => claim.Metadata.Uid == volume.Spec.ClaimRef!.Uid),
                    "Available" => !isTaken,
                    "Released" or "Failed" => isTaken && world.Claims.All(claim => claim.Metadata.Uid != volume.Spec.ClaimRef!.Uid || !PersistentVolumeWorld.IsPair(claim, volume)),
                    _ => isTaken,
                },
                $"{volume.Metadata.Name} is {volume.Status.Phase}");
        }
    }).Check(Many);

    [Fact]
    public void Reservations_of_users_are_respected() => Prop.ForAll(Histories, static history =>
    {
        var world = new PersistentVolumeWorld();
        var namedByUser = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var step in history)
        {
            var reserved = world.Volumes.Where(static volume => volume.Spec.ClaimRef is { Uid.Length: 0 }).ToArray();
            world.Play(step);
            foreach (var claim in world.Claims.Where(static claim => claim.Spec.VolumeName.Length > 0 && claim.Metadata.Annotations.Count == 0))
            {
                namedByUser[claim.Metadata.Uid] = claim.Spec.VolumeName;
            }

            foreach (var claim in world.Claims)
            {
                Assert.Equal(namedByUser.GetValueOrDefault(claim.Metadata.Uid, claim.Spec.VolumeName), claim.Spec.VolumeName);
            }

            foreach (var volume in reserved)
            {
                Assert.True(
                    world.Controller.FindVolume(volume.Metadata.Name) is not { Spec.ClaimRef: { } reference } || reference.Name == volume.Spec.ClaimRef!.Name,
                    $"{volume.Metadata.Name} went to another claim");
            }
        }
    }).Check(Many);

    [Fact]
    public void Lost_claims_stay_lost_unless_their_volume_is_there_for_them() => Prop.ForAll(Histories, static history =>
    {
        var world = new PersistentVolumeWorld();
        HashSet<string> lost = [];
        foreach (var step in history)
        {
            world.Play(step);
            Assert.All(world.Claims.Where(claim => lost.Contains(claim.Metadata.Uid) && !IsVolumeThere(world, claim)), static claim =>
            {
                Assert.Equal("Lost", claim.Status.Phase);
                Assert.Empty(claim.Status.Capacity);
                Assert.Empty(claim.Status.AccessModes);
            });
            lost = [.. world.Claims.Where(static claim => claim.Status.Phase == "Lost").Select(static claim => claim.Metadata.Uid)];
        }
    }).Check(Many);

    private static bool IsVolumeThere(PersistentVolumeWorld world, PersistentVolumeClaim claim) =>
        world.Controller.FindVolume(claim.Spec.VolumeName) is { } volume && (volume.Spec.ClaimRef is null || volume.Spec.ClaimRef.Uid == claim.Metadata.Uid);

    [Fact]
    public void A_volume_made_anew_takes_its_claim_back()
    {
        var world = new PersistentVolumeWorld();
        var volume = new PersistentVolume
        {
            Metadata = new() { Name = "v0" },
            Spec = new() { StorageClassName = "manual", Capacity = ClaimDice.GiB(1), AccessModes = ["ReadWriteOnce"] },
            Status = new() { Phase = "Available" },
        };
        world.Play(new WorldStep.CreateVolume(volume));
        world.Play(new WorldStep.CreateClaim(new()
        {
            Metadata = new() { Name = "c0", Namespace = "default", Uid = "u" },
            Spec = new() { StorageClassName = "manual", AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = ClaimDice.GiB(1) } },
        }));
        foreach (var isLostBetween in new[] { true, false })
        {
            world.Play(new WorldStep.SyncClaim(0));
            world.Play(new WorldStep.DeleteVolume(0));
            if (isLostBetween)
            {
                world.Play(new WorldStep.SyncClaim(0));
                Assert.Equal("Lost", Assert.Single(world.Claims).Status.Phase);
            }

            world.Play(new WorldStep.CreateVolume(volume with { Spec = volume.Spec with { AccessModes = ["ReadWriteOnce"] } }));
            world.Play(new WorldStep.SyncClaim(0));
            var claim = Assert.Single(world.Claims);
            Assert.Equal("Bound", claim.Status.Phase);
            Assert.Equal(["ReadWriteOnce"], claim.Status.AccessModes.ToArray());
            Assert.True(PersistentVolumeWorld.IsPair(claim, Assert.Single(world.Volumes)));
        }
    }

    /// <summary>A sync that breaks off at any write and is done again ends where one without failure does.</summary>
    [Fact]
    public void Sync_that_failed_is_finished_by_the_next() => Prop.ForAll(
        Histories, Arb.From(Index), Arb.From(Gen.Choose(0, 3)), static (history, index, after) =>
        {
            var (smooth, rough) = (new PersistentVolumeWorld(), new PersistentVolumeWorld());
            foreach (var step in history.Where(static step => step is not WorldStep.FailWrite))
            {
                smooth.Play(step);
                rough.Play(step);
            }

            foreach (var step in new WorldStep[] { new WorldStep.SyncClaim(index), new WorldStep.SyncVolume(index) })
            {
                smooth.Play(step);
                rough.Play(new WorldStep.FailWrite(after));
                if (rough.Play(step)!.Error == PersistentVolumeWorld.Refusal)
                {
                    rough.Play(step);
                }
            }

            Assert.Equal(smooth.Claims, rough.Claims);
            Assert.Equal(smooth.Volumes, rough.Volumes);
        }).Check(Many);

    [Fact]
    public void Same_history_gives_the_same_results() => Prop.ForAll(Histories, static history =>
    {
        var (first, second) = (new PersistentVolumeWorld(), new PersistentVolumeWorld());
        foreach (var step in history)
        {
            var (one, other) = (first.Play(step), second.Play(step));
            Assert.Equal(one?.Changes.Select(static change => change.ToString()), other?.Changes.Select(static change => change.ToString()));
            Assert.Equal(one?.Events.AsEnumerable(), other?.Events.AsEnumerable());
            Assert.Equal(one?.Error, other?.Error);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
}
