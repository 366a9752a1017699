using System.Globalization;
using System.IO.Compression;
using K124.Sim;
using K124.Sim.Model;

namespace CapacityPlanning;

/// <summary>Reads the public Alibaba GPU cluster trace of 2023 ("openb"): nodes, and pods in the order of their creation.</summary>
/// <remarks>A node has cpu, memory, 110 pods and whole GPUs, and a label for its GPU model; a pod asks for cpu, memory and GPUs, shared ones
/// rounded up to whole ones. Every pod is pending: none of them ever leaves.</remarks>
internal static class AlibabaGpuTrace
{
    private const string NodeFile = "openb_node_list_all_node.csv";
    private const string PodFile = "openb_pod_list_default.csv.gz";
    private const int GpuMilli = 1000;

    public static Cluster Read(string folder)
    {
        using var nodes = File.OpenRead(Path.Combine(folder, NodeFile));
        using var pods = new GZipStream(File.OpenRead(Path.Combine(folder, PodFile)), CompressionMode.Decompress);
        return Cluster.Of([.. Rows(nodes).Select(ReadNode), .. Rows(pods).Select(ReadPod)]);
    }

    private static IEnumerable<Dictionary<string, string>> Rows(Stream csv)
    {
        using var reader = new StreamReader(csv);
        var header = reader.ReadLine()!.Split(',');
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            yield return header.Zip(line.Split(',')).ToDictionary(static cell => cell.First, static cell => cell.Second, StringComparer.Ordinal);
        }
    }

    private static long Number(Dictionary<string, string> row, string column) => long.Parse(row[column], CultureInfo.InvariantCulture);

    private static IApiObject ReadNode(Dictionary<string, string> row)
    {
        var resources = Resources(row, Number(row, "gpu")).With("pods", Quantity.FromUnits(110));
        return new Node
        {
            Metadata = new() { Name = row["sn"], Labels = row["model"].Length > 0 ? StringMap.Of(("gpu-model", row["model"])) : StringMap<string>.Empty },
            Status = new() { Allocatable = resources, Capacity = resources },
        };
    }

    private static IApiObject ReadPod(Dictionary<string, string> row)
    {
        var gpus = Number(row, "num_gpu") * ((Number(row, "gpu_milli") + GpuMilli - 1) / GpuMilli);
        return new Pod
        {
            Metadata = new() { Name = row["name"], Namespace = "default" },
            Spec = new() { Containers = [new() { Name = "main", Resources = new() { Requests = Resources(row, gpus) } }] },
        };
    }

    private static StringMap<Quantity> Resources(Dictionary<string, string> row, long gpus)
    {
        var resources = StringMap.Of(("cpu", Quantity.FromMilli(Number(row, "cpu_milli"))), ("memory", Quantity.FromUnits(Number(row, "memory_mib") << 20, QuantityFormat.BinarySI)));
        return gpus > 0 ? resources.With("nvidia.com/gpu", Quantity.FromUnits(gpus)) : resources;
    }
}
