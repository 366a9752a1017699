using FsCheck.Xunit;
using K124.Sim.Platform;

namespace K124.Sim.Tests.Platform;

public class ServedApisTests
{
    private static readonly string[] Keys =
        ["api/all", "api/ga", "api/beta", "api/alpha", "batch/v1beta1", "apps/v1", "batch/v1beta1/cronjobs", "autoscaling/v2beta1", "/v1/pods"];

    [Property]
    public void Order_of_different_keys_does_not_count(byte[] picks, bool[] values)
    {
        string[] flags = [.. picks.Select(pick => Keys[pick % Keys.Length]).Distinct().Zip(values, (key, isOn) => $"{key}={(isOn ? "true" : "false")}")];
        var (forward, _) = RuntimeConfig.Parse(flags).Merge();
        var (backward, _) = RuntimeConfig.Parse(flags.Reverse()).Merge();
        Assert.Equal(forward.Versions, backward.Versions);
        Assert.Equal(forward.Resources, backward.Resources);
    }

    [Property]
    public void Switching_a_stage_on_only_adds(bool?[] others, byte which)
    {
        string[] stages = ["api/all", "api/ga", "api/beta", "api/alpha"];
        var added = stages[which % stages.Length];
        string[] flags = [.. stages.Zip(others).Where(pair => pair.First != added && pair.Second is not null).Select(static pair => $"{pair.First}={(pair.Second == true ? "true" : "false")}")];

        var without = new ServedApis(RuntimeConfig.Parse(flags).Merge().Switches);
        var with = new ServedApis(RuntimeConfig.Parse([.. flags, $"{added}=true"]).Merge().Switches);

        Assert.All(without.Resources, resource => Assert.True(with.IsServed(resource.Key)));
    }

    [Property]
    public void A_later_release_only_removes(byte minor)
    {
        var (all, _) = RuntimeConfig.Parse("api/all=true").Merge();
        var before = new ServedApis(all, new(1, 20 + (minor % 12)));
        var after = new ServedApis(all, new(1, 21 + (minor % 12)));
        Assert.Subset(before.GroupVersions.ToHashSet(), after.GroupVersions.ToHashSet());
        Assert.All(after.Resources, resource => Assert.True(before.IsServed(resource.Key)));
    }

    [Fact]
    public void Default_serves_sixty_five_resources()
    {
        Assert.Equal(65, ServedApis.Default.Resources.Length);
        Assert.False(ServedApis.Default.IsServed("storage.k8s.io/v1beta1/csinodes"));
    }
}
