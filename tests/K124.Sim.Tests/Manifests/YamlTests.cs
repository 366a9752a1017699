using K124.Sim.Manifests;
using K124.Sim.Model;

namespace K124.Sim.Tests.Manifests;

public sealed class YamlTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("0.5", "500m")]
    [InlineData("1e3", "1000")]
    [InlineData("0x10", "16")]
    [InlineData("010", "8")]
    [InlineData("1_000", "1000")]
    [InlineData("100m", "100m")]
    [InlineData("'2'", "2")]
    [InlineData("!!str 3", "3")]
    public void Plain_numbers_arrive_as_quantities(string text, string expected) =>
        Assert.Equal(Quantity.Parse(expected), Read($"spec: {{overhead: {{cpu: {text}}}}}").Spec.Overhead["cpu"]);

    [Theory]
    [InlineData("yes", true)]
    [InlineData("on", true)]
    [InlineData("True", true)]
    [InlineData("no", false)]
    [InlineData("OFF", false)]
    public void Plain_words_are_booleans_and_quoted_ones_are_not(string text, bool expected)
    {
        Assert.Equal(expected, Read($"spec: {{hostNetwork: {text}}}").Spec.HostNetwork);
        Assert.Equal(text, Read($"spec: {{nodeName: '{text}'}}").Spec.NodeName);
        Assert.False(ManifestReader.Parse($"kind: Pod\napiVersion: v1\nmetadata: {{name: {text}}}").Succeeded);
    }

    [Fact]
    public void Keys_become_texts_and_times_stay_texts()
    {
        var pod = Read("spec:\n  nodeSelector: {1: a, yes: b, 2022-05-03: c}\nstatus: {startTime: 2022-05-03T12:00:00Z}");
        Assert.Equal(["1", "2022-05-03", "true"], pod.Spec.NodeSelector.Keys);
        Assert.Equal(new DateTimeOffset(2022, 5, 3, 12, 0, 0, TimeSpan.Zero), pod.Status.StartTime);
    }

    [Fact]
    public void Aliases_and_merges_give_what_they_stand_for_and_own_keys_win()
    {
        var pod = Read("""
            x-base: &base {a: base, b: base}
            x-more: &more
              <<: *base
              b: more
              c: more
            spec:
              nodeSelector:
                a: own
                <<: [*more, {d: inline, c: later}]
              containers:
                - &main
                  name: main
                  image: &image app:1
                - <<: *main
                  name: other
                - {name: third, image: *image}
            """);
        Assert.Equal(StringMap.Of(("a", "own"), ("b", "more"), ("c", "more"), ("d", "inline")), pod.Spec.NodeSelector);
        Assert.Equal(["main app:1", "other app:1", "third app:1"], pod.Spec.Containers.Select(container => $"{container.Name} {container.Image}"));
    }

    [Fact]
    public void Alias_bombs_are_refused()
    {
        var text = "a0: &a0 [x, x]\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n"));
        Assert.Contains("aliases of one object", Assert.Single(ManifestReader.Parse(text).Errors).Message, StringComparison.Ordinal);
        var merges = "a0: &a0 {k0: 1}\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"a{i}: &a{i} {{x: *a{i - 1}, <<: *a{i - 1}}}\n"));
        Assert.Contains("aliases of one object", Assert.Single(ManifestReader.Parse(merges).Errors).Message, StringComparison.Ordinal);
    }

    private static Pod Read(string text) =>
        (Pod)Assert.Single(ManifestReader.Parse("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n" + text).RequireObjects());
}
