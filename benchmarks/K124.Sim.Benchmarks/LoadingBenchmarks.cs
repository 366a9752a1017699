using System.Text.Json;
using BenchmarkDotNet.Attributes;
using K124.Sim.Manifests;

namespace K124.Sim.Benchmarks;

/// <summary>How fast a dump becomes a cluster, beside the framework's own parse of the same bytes.</summary>
[MemoryDiagnoser]
public class LoadingBenchmarks
{
    private byte[] _json = [];
    private byte[] _yaml = [];

    [Params(2_000)]
    public int Pods { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        using var json = new MemoryStream();
        new LoadingDump(1).WriteJson(json, Pods / 30, Pods);
        _json = json.ToArray();
        using var yaml = new MemoryStream();
        new LoadingDump(1).WriteYaml(yaml, Pods / 30, Pods);
        _yaml = yaml.ToArray();
        Console.WriteLine($"// {_json.Length / 1e6:F1} MB of JSON, {_yaml.Length / 1e6:F1} MB of YAML");
    }

    [Benchmark(Baseline = true)]
    public int JsonDocumentParse()
    {
        using var document = JsonDocument.Parse(_json);
        return document.RootElement.GetProperty("items").GetArrayLength();
    }

    [Benchmark]
    public int Json() => Load(_json);

    [Benchmark]
    public int Yaml() => Load(_yaml);

    private static int Load(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return ClusterReader.ReadStream(stream).RequireCluster().Count;
    }
}
