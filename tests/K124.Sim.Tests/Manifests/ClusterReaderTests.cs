using System.IO.Compression;
using System.Text;
using K124.Sim.Manifests;
using K124.Sim.Model;

namespace K124.Sim.Tests.Manifests;

public sealed class ClusterReaderTests
{
    private const string TwoItems = """
        {
            "apiVersion": "v1",
            "items": [
                {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1", "namespace": "dropped"}, "status": {"allocatable": {"cpu": 4, "memory": "8Gi"}}},
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": {"nodeName": "n1", "unknown": {"deep": [1, 2]}}}
            ],
            "kind": "List"
        }
        """;

    public static TheoryData<string> Encodings => new(["plain", "gzip", "bom", "utf16le", "utf16be", "crlf", "gzip of gzip"]);

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_list_is_read_however_it_is_stored(string encoding)
    {
        var plain = Encoding.UTF8.GetBytes(TwoItems);
        using var stream = new MemoryStream(encoding switch
        {
            "gzip" => Gzip(plain),
            "gzip of gzip" => Gzip(Gzip(plain)),
            "bom" => [0xEF, 0xBB, 0xBF, .. plain],
            "utf16le" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(TwoItems)],
            "utf16be" => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(TwoItems)],
            "crlf" => Encoding.UTF8.GetBytes(TwoItems.Replace("\n", "\r\n", StringComparison.Ordinal)),
            _ => plain,
        });
        var result = ClusterReader.ReadStream(stream);
        var cluster = result.RequireCluster();
        Assert.Equal("", Assert.Single(cluster.Nodes).Metadata.Namespace);
        Assert.Equal(Quantity.FromUnits(4), cluster.Nodes.Single().Status.Allocatable["cpu"]);
        Assert.Equal("default", Assert.Single(cluster.Pods).Metadata.Namespace);
        Assert.Equal(StringMap.Of(("Node", 1L), ("Pod", 1L)), result.Statistics.Objects);
    }

    [Fact]
    public void Items_of_a_typed_list_take_version_and_kind_from_the_list_wherever_it_says_so()
    {
        const string Items = """[{"metadata":{"name":"a","namespace":"x"}},{"metadata":{"name":"b","namespace":"x"}}]""";
        const string YamlItems = "- metadata: {name: a, namespace: x}\n- metadata: {name: b, namespace: x}\n";
        foreach (var text in (string[])[
            $$"""{"kind":"PodDisruptionBudgetList","apiVersion":"policy/v1beta1","items":{{Items}}}""",
            $$"""{"apiVersion":"policy/v1beta1","items":{{Items}},"kind":"PodDisruptionBudgetList","metadata":{"x":[]} }""",
            $"kind: PodDisruptionBudgetList\napiVersion: policy/v1beta1\nitems:\n{YamlItems}",
            $"items:\n{YamlItems}apiVersion: policy/v1beta1\nkind: PodDisruptionBudgetList\n"])
        {
            var budgets = ClusterReader.Parse(text).RequireCluster().PodDisruptionBudgets;
            Assert.Equal(["a", "b"], budgets.Select(budget => budget.Metadata.Name));
            Assert.All(budgets, budget => Assert.Equal("policy/v1beta1", budget.ApiVersion));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\n")]
    [InlineData("# nothing\n---\n---\n# here\n")]
    [InlineData("""{"kind":"List","apiVersion":"v1","items":[]}""")]
    [InlineData("""{"kind":"PodList","apiVersion":"v1","items":null}""")]
    [InlineData("""{"kind":"List","apiVersion":"v1","items":[{"kind":"List","apiVersion":"v1","items":[]}]}""")]
    public void Nothing_to_read_is_an_empty_cluster(string text) => Assert.Equal(0, ClusterReader.Parse(text).RequireCluster().Count);

    [Fact]
    public void Unknown_kinds_are_counted_by_version_and_kind()
    {
        var result = ClusterReader.Parse("""
            {"apiVersion":"b/v1","kind":"Two","spec":1}
            {"apiVersion":"a/v1","kind":"One"} {"apiVersion":"b/v1","kind":"Two"}
            {"apiVersion":"extensions/v1beta1","kind":"Deployment"}
            """);
        Assert.Equal([new("a/v1", "One", 1), new("b/v1", "Two", 2), new("extensions/v1beta1", "Deployment", 1)], result.UnknownKinds.ToArray());
    }

    [Fact]
    public void Lists_in_lists_are_unwrapped_and_keep_their_lines()
    {
        var result = ManifestReader.Parse("""
            {"apiVersion":"v1","kind":"List","items":[
              {"apiVersion":"v1","kind":"List","items":[
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}},
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":3}}]}]}
            """);
        Assert.Equal("line 4 (document 1): Pod: metadata.name: expected a string, but found a number (3) (quote the value to make it a string)", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void Manifests_keep_their_order_across_kinds()
    {
        var objects = ManifestReader.Parse("kind: Pod\napiVersion: v1\nmetadata: {name: p}\n---\nkind: Node\napiVersion: v1\nmetadata: {name: m}\n---\nkind: Pod\napiVersion: v1\nmetadata: {name: a}\n").RequireObjects();
        Assert.Equal(["Pod p", "Node m", "Pod a"], objects.Select(item => $"{item.Kind} {item.Metadata.Name}"));
    }

    [Fact]
    public void A_directory_is_read_with_all_below_it_in_ordinal_order()
    {
        var root = Directory.CreateTempSubdirectory("k124");
        try
        {
            Directory.CreateDirectory(Path.Combine(root.FullName, "b"));
            File.WriteAllText(Path.Combine(root.FullName, "b", "z.yaml"), PodYaml("second"));
            File.WriteAllText(Path.Combine(root.FullName, "c.jsonl"), PodJson("third") + "\n" + PodJson("fourth"));
            File.WriteAllBytes(Path.Combine(root.FullName, "B.json.gz"), Gzip(Encoding.UTF8.GetBytes(PodYaml("first"))));
            File.WriteAllText(Path.Combine(root.FullName, "README.md"), "not a manifest");
            var reports = new List<LoadProgress>();
            var result = ManifestReader.Read(root.FullName, progress: new Recorder(reports));
            Assert.Equal(["first", "second", "third", "fourth"], result.RequireObjects().Select(item => item.Metadata.Name));
            Assert.Equal(3, result.Statistics.Files);
            Assert.Equal(new(result.Statistics.Bytes, result.Statistics.Bytes, 4), reports[^1]);

            var missing = ManifestReader.Read([Path.Combine(root.FullName, "absent.json"), Path.Combine(root.FullName, "c.jsonl")]);
            Assert.EndsWith("absent.json", Assert.Single(missing.Errors).File, StringComparison.Ordinal);
            Assert.Empty(missing.Objects);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public void Reading_stops_when_cancelled()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(TwoItems));
        Assert.Throws<OperationCanceledException>(() => ClusterReader.ReadStream(stream, cancellationToken: new(canceled: true)));
    }

    [Fact]
    public void Every_kind_takes_a_version_and_metadata()
    {
        foreach (var kind in ApiKind.All)
        {
            var text = $$"""{"apiVersion":"{{kind.ApiVersions[^1]}}","kind":"{{kind.Kind}}","metadata":{"name":"a"} }""";
            var item = Assert.Single(ManifestReader.Parse(text).RequireObjects());
            Assert.IsType(kind.Type, item, exactMatch: true);
            Assert.Equal((kind.ApiVersions[^1], kind.IsNamespaced ? "default" : ""), (item.ApiVersion, item.Metadata.Namespace));
            Assert.Equal("b", item.With("v9", item.Metadata with { Name = "b" }).Metadata.Name);
        }
    }

    [Fact]
    public void Objects_of_the_official_client_come_in_through_their_json()
    {
        var theirs = new k8s.Models.V1Pod
        {
            ApiVersion = "v1",
            Kind = "Pod",
            Metadata = new() { Name = "web", NamespaceProperty = "shop", CreationTimestamp = new DateTime(2022, 5, 3, 12, 0, 0, DateTimeKind.Utc) },
            Spec = new()
            {
                Containers = [new() { Name = "main", Resources = new() { Requests = new Dictionary<string, k8s.Models.ResourceQuantity> { ["cpu"] = new("500m") } } }],
                Tolerations = [new() { Key = "a", OperatorProperty = "Exists" }],
            },
        };
        var ours = KubernetesJson.Deserialize<Pod>(k8s.KubernetesJson.Serialize(theirs));
        Assert.Equal(new ObjectKey("shop", "web"), ObjectKey.Of(ours));
        Assert.Equal(Quantity.FromMilli(500), ours.Spec.Containers[0].Resources.Requests["cpu"]);
        Assert.Equal("Exists", ours.Spec.Tolerations[0].Operator);
        Assert.Equal(new DateTimeOffset(2022, 5, 3, 12, 0, 0, TimeSpan.Zero), ours.Metadata.CreationTimestamp);
    }

    internal static byte[] Gzip(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }

    private static string PodJson(string name) => $$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}"} }""";

    private static string PodYaml(string name) => $"apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\n";

    private sealed class Recorder(List<LoadProgress> reports) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => reports.Add(value);
    }
}
