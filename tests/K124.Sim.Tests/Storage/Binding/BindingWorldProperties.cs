using FsCheck;
using FsCheck.Xunit;
using K124.Sim.Model;

namespace K124.Sim.Tests.Storage.Binding;

public sealed class BindingWorldProperties
{
    [Property(MaxTest = 300, QuietOnSuccess = true)]
    public void Binder_and_controller_never_bind_a_volume_to_two_claims(DoNotSize<int> seed)
    {
        var world = new BindingWorld(seed.Item);
        for (var i = 0; i < 120; i++)
        {
            world.Step();
            var bound = world.Claims.Where(static claim => claim.Status.Phase == "Bound").Select(static claim => claim.Spec.VolumeName).ToList();
            Assert.Equal(bound.Distinct(StringComparer.Ordinal), bound);
        }

        world.RollBackAll();
        Assert.Empty(world.Binder.AssumedVolumes);
        Assert.Empty(world.Binder.AssumedClaims);
        Assert.All(world.Volumes, volume => Assert.Equal(volume, world.Binder.ApiVolume(volume.Metadata.Name)));
        Assert.All(world.Claims, claim => Assert.Equal(claim, world.Binder.LatestClaim(ObjectKey.Of(claim))));
    }

    [Fact]
    public void Worlds_reach_what_they_are_about()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < 150; seed++)
        {
            var world = new BindingWorld(seed);
            for (var i = 0; i < 120; i++)
            {
                world.Step();
            }

            foreach (var (what, count) in world.Seen)
            {
                seen[what] = seen.GetValueOrDefault(what) + count;
            }
        }

        Assert.All(
            ["static", "provision", "rolled back", "pre-bound", "refused", "provisioned", "freed", "bound", "controller writes PersistentVolumeClaim", "controller writes PersistentVolume"],
            what => Assert.True(seen.GetValueOrDefault(what) >= 10, $"{what}: {seen.GetValueOrDefault(what)}"));
    }
}
