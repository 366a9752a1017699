using System.Text;
using K124.Sim.Manifests;

namespace K124.Sim.Tests.Manifests;

/// <summary>Each defect is reported with its line, document, object and field path, in these words.</summary>
public sealed class ManifestErrorTests
{
    private const string PodHead = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\n\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"},\n";

    [Theory]
    [InlineData("\"spec\":{\"containers\":[{\"resources\":{\"requests\":{\"cpu\":\"lots\"}}}]}", "spec.containers[0].resources.requests['cpu']: 'lots' is not a quantity: 'lots' is neither a digit nor a suffix")]
    [InlineData("\"spec\":{\"containers\":[{},{\"resources\":{\"limits\":{\"a/b.c\":true}}}]}", "spec.containers[1].resources.limits['a/b.c']: expected a quantity, such as \"500m\" or \"2Gi\", but found a boolean")]
    [InlineData("\"spec\":{\"nodeSelector\":{\"a\":\"b\",\"c\":{}}}", "spec.nodeSelector['c']: expected a string, but found an object")]
    [InlineData("\"spec\":{\"priority\":1.5}", "spec.priority: expected a whole number from -2147483648 to 2147483647, but found a number (1.5)")]
    [InlineData("\"spec\":{\"priority\":3000000000}", "spec.priority: expected a whole number from -2147483648 to 2147483647, but found a number (3000000000)")]
    [InlineData("\"spec\":{\"hostNetwork\":\"yes\"}", "spec.hostNetwork: expected a boolean, but found a string")]
    [InlineData("\"spec\":{\"containers\":{}}", "spec.containers: expected an array, but found an object")]
    [InlineData("\"spec\":{\"containers\":[7]}", "spec.containers[0]: expected an object, but found a number (7)")]
    [InlineData("\"spec\":{\"containers\":[{},null]}", "spec.containers[1]: expected an object, but found null")]
    [InlineData("\"spec\":{\"priority\":null,\"nodeName\":null,\"hostNetwork\":null,\"containers\":[{\"name\":5}]}", "spec.containers[0].name: expected a string, but found a number (5) (quote the value to make it a string)")]
    [InlineData("\"spec\":\"x\"", "spec: expected an object, but found a string")]
    [InlineData("\"spec\":{\"nodeName\":\"a\",\"nodeName\":\"b\"}", "spec.nodeName: the member occurs twice")]
    [InlineData("\"status\":{\"startTime\":\"noon\"}", "status.startTime: 'noon' is not a time such as 2022-05-03T12:00:00Z")]
    public void A_wrong_member_is_named(string member, string expected)
    {
        var result = ManifestReader.Parse(PodHead + member + "}");
        Assert.Equal("line 3 (document 1): Pod shop/web: " + expected, Assert.Single(result.Errors).ToString());
        Assert.Empty(result.Objects);
    }

    [Theory]
    [InlineData("cpu: lots", 10, "spec.containers[0].resources.requests['cpu']: 'lots' is not a quantity: 'lots' is neither a digit nor a suffix")]
    [InlineData("cpu: 1\n          cpu: 2", 11, "spec.containers[0].resources.requests['cpu']: the member occurs twice")]
    [InlineData("cpu: [1]", 10, "spec.containers[0].resources.requests['cpu']: expected a quantity, such as \"500m\" or \"2Gi\", but found an array")]
    public void A_wrong_member_of_yaml_is_named_with_the_line_in_the_yaml(string line, int number, string expected)
    {
        var text = $"# a comment\n---\napiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  containers:\n    - resources:\n        requests:\n          {line}\n";
        Assert.Equal($"line {number} (document 1): Pod web: {expected}", Assert.Single(ManifestReader.Parse(text).Errors).ToString());
    }

    [Fact]
    public void Missing_names_and_kinds_and_duplicates_are_reported_together()
    {
        var result = ClusterReader.Parse("""
            {"apiVersion":"v1","kind":"Pod"}
            {"apiVersion":"v1","metadata":{"name":"a"}}
            {"kind":"Pod","metadata":{"name":"a"}}
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","namespace":"default"}}
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","namespace":"other"}}
            """);
        Assert.Null(result.Cluster);
        Assert.Equal(
            [
                "line 1 (document 1): Pod: metadata.name: required, but missing",
                "line 2 (document 2): a: kind: required, but missing",
                "line 3 (document 3): Pod a: apiVersion: required, but missing",
                "line 5 (document 5): Pod default/a: defined twice; first in line 4",
            ],
            result.Errors.Select(error => error.ToString()));
        Assert.Throws<InvalidDataException>(() => result.RequireCluster());
    }

    [Fact]
    public void A_running_pod_on_an_absent_node_is_an_error_on_demand()
    {
        const string Text = """
            {"apiVersion":"v1","kind":"Node","metadata":{"name":"n"}}
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"nodeName":"gone"}}
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"},"spec":{"nodeName":"gone"},"status":{"phase":"Failed"}}
            """;
        Assert.Equal("line 2 (document 2): Pod default/a: spec.nodeName: there is no node 'gone'", Assert.Single(ClusterReader.Parse(Text, new() { RequireKnownNodes = true }).Errors).ToString());
        Assert.Equal(3, ClusterReader.Parse(Text).RequireCluster().Count);
        Assert.Equal(2, ClusterReader.Parse(Text[(Text.IndexOf('\n', StringComparison.Ordinal) + 1)..]).RequireCluster().Count);
    }

    [Fact]
    public void Errors_beyond_the_limit_are_counted()
    {
        var result = ManifestReader.Parse(string.Concat(Enumerable.Repeat("{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}\n", 7)), new() { ErrorLimit = 3 });
        Assert.Equal((3, 7L), (result.Errors.Length, result.ErrorCount));
    }

    [Theory]
    [InlineData("{\"apiVersion\":\"v1\",\n\"kind\":\"Pod\"", 2)]
    [InlineData("{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[\n{\"a\":\n", 3)]
    [InlineData("[{\"a\":1}]", 1)]
    [InlineData("{\"a\":\u0000}", 1)]
    [InlineData("{a: b}", 1)]
    [InlineData("a: b\n\tc: d", 2)]
    [InlineData("a: [1\n", 2)]
    [InlineData("a: *nowhere", 1)]
    [InlineData("a: &x [*x]", 1)]
    [InlineData("- a", 1)]
    [InlineData("text", 1)]
    [InlineData("? [a]\n: b", 1)]
    public void Broken_text_is_one_error_with_its_line(string text, int line)
    {
        var error = Assert.Single(ManifestReader.Parse(text).Errors);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public void Text_after_the_end_of_an_object_is_an_error_beside_what_the_object_lacks() =>
        Assert.Equal(2, ManifestReader.Parse("{\"a\":1}}").Errors.Length);

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        foreach (var text in (string[])["{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"#\"}}", "apiVersion: v1\nkind: Pod\nmetadata: {name: a#}\n"])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            bytes[Array.IndexOf(bytes, (byte)'#')] = 0xFF;
            using var stream = new MemoryStream(bytes);
            Assert.Single(ManifestReader.ReadStream(stream).Errors);
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.Single(ManifestReader.Parse("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"\ud800"}}""").Errors);

    [Fact]
    public void Deep_nesting_is_refused_and_moderate_nesting_in_unknown_members_is_not()
    {
        static string Nested(int depth) => PodHead + "\"x\":" + new string('[', depth) + new string(']', depth) + "}";
        Assert.True(ManifestReader.Parse(Nested(300)).Succeeded);
        Assert.False(ManifestReader.Parse(Nested(100_000)).Succeeded);
        Assert.False(ManifestReader.Parse("a: " + new string('[', 20_000)).Succeeded);
    }

    [Fact]
    public void Truncated_gzip_is_refused()
    {
        var whole = ClusterReaderTests.Gzip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50).Select(i => $$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p{{i * 7919}}"} }""" + "\n"))));
        for (var length = 2; length < whole.Length; length++)
        {
            using var stream = new MemoryStream(whole[..length]);
            Assert.NotEmpty(ManifestReader.ReadStream(stream).Errors);
        }

        using var complete = new MemoryStream(whole);
        Assert.Empty(ManifestReader.ReadStream(complete).Errors);
    }

    [Fact]
    public void Gzip_of_several_members_is_read_whole_and_refused_when_cut_within_a_member()
    {
        var first = ClusterReaderTests.Gzip(Encoding.UTF8.GetBytes(PodHead + "\"spec\":{}}\n"));
        var second = ClusterReaderTests.Gzip("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"second"}}"""u8.ToArray());
        byte[] both = [.. first, .. second];
        for (var length = 2; length <= both.Length; length++)
        {
            using var stream = new MemoryStream(both[..length]);
            var result = ManifestReader.ReadStream(stream);
            Assert.Equal(length == first.Length || length == both.Length, result.Succeeded);
            Assert.Equal(!result.Succeeded ? 0 : length == both.Length ? 2 : 1, result.Objects.Length);
        }
    }

    [Fact]
    public void Gzip_followed_by_something_else_is_refused()
    {
        using var stream = new MemoryStream([.. ClusterReaderTests.Gzip(Encoding.UTF8.GetBytes(PodHead + "\"spec\":{}}")), .. "tail"u8]);
        Assert.Contains("followed by something else", Assert.Single(ManifestReader.ReadStream(stream).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_character_in_YAML_is_an_error_and_not_the_end()
    {
        var result = ManifestReader.Parse("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n\0\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: b}\n");
        Assert.Contains("U+0000 in line 4", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_YAML_is_read_or_refused_but_never_throws()
    {
        const string Text = "apiVersion: v1\nkind: Pod\nmetadata: &m\n  name: 'a'\n  labels: {a: \"b\\x41\", ? c : |-\n    d}\nspec: {containers: [{name: *m}, !!str x]}\n%YAML 1.1\n---\n- >+\n text\n";
        const string Marks = "\t\n :-?[]{},&*!|>'\"%@`#\\\u0001\u0085\u2028\uD83Dx0";
        var random = new SeededRandom(7);
        for (var run = 0; run < 20_000; run++)
        {
            var text = Text.ToCharArray();
            for (var change = random.Next(4); change >= 0; change--)
            {
                text[(int)random.Next(text.Length)] = Marks[(int)random.Next(Marks.Length)];
            }

            var damaged = new string(text, 0, (int)random.Next(text.Length + 1));
            var result = ManifestReader.Parse(damaged);
            Assert.True(result.Succeeded || result.Errors.Length > 0, damaged);
        }
    }

    [Fact]
    public void Every_truncation_of_a_dump_is_an_error()
    {
        const string Text = PodHead + "\"spec\":{\"containers\":[{\"name\":\"a\"}]}}";
        for (var length = 1; length < Text.Length; length++)
        {
            Assert.NotEmpty(ManifestReader.Parse(Text[..length]).Errors);
        }
    }
}
