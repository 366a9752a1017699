namespace K124.Sim.Tests;

public sealed class KubernetesReleaseTests
{
    [Fact]
    public void Default_is_the_newest_release()
    {
        Assert.Equal(KubernetesRelease.Newest, default);
        Assert.Equal("1.24.17", default(KubernetesRelease).ToString());
    }

    [Theory]
    [InlineData("1.24.0", 0)]
    [InlineData("v1.24.9", 9)]
    [InlineData("1.24.17", 17)]
    public void Release_is_read_from_its_text(string text, int patch)
    {
        Assert.Equal(KubernetesRelease.OfPatch(patch), KubernetesRelease.Parse(text));
        Assert.Equal(patch, KubernetesRelease.Parse(text).Patch);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1.24")]
    [InlineData("1.24.")]
    [InlineData("1.24.18")]
    [InlineData("1.25.0")]
    [InlineData("1.24.-1")]
    [InlineData("1.24.1-rc.0")]
    public void Other_texts_are_refused(string? text) => Assert.False(KubernetesRelease.TryParse(text, out _));

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Filters_stop_at_the_first_failure_from_1_24_10_on(int patch, bool stops) =>
        Assert.Equal(stops, KubernetesRelease.OfPatch(patch).StopsAtFirstFailingFilter);

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Spread_ignores_nominations_on_excluded_nodes_from_1_24_4_on(int patch, bool ignores) =>
        Assert.Equal(ignores, KubernetesRelease.OfPatch(patch).SpreadIgnoresNominationsOnExcludedNodes);

    [Fact]
    public void Releases_are_ordered_by_patch()
    {
        Assert.True(KubernetesRelease.OfPatch(9) < KubernetesRelease.OfPatch(10));
        Assert.True(KubernetesRelease.OfPatch(10) >= KubernetesRelease.OfPatch(10));
        Assert.True(KubernetesRelease.Newest > KubernetesRelease.OfPatch(16));
    }
}
