using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using K124.Sim.Model;

namespace K124.Sim.Manifests;

/// <summary>Writes clusters as dumps that kubectl and the readers of this package read: one List a kind.</summary>
public static class DumpWriter
{
    private static readonly JsonWriterOptions Written = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1000,
#if NET9_0_OR_GREATER
        NewLine = "\n",
#endif
    };

    /// <summary>Writes the objects of each kind into a file of its own; the folder is made if it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cluster">The cluster.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string folder, Cluster cluster)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(cluster);
        Directory.CreateDirectory(folder);
        foreach (var kind in cluster.Objects.GroupBy(static item => item.Kind))
        {
            using var file = File.Create(Path.Combine(folder, $"{kind.Key.ToLowerInvariant()}.json"));
            Write(file, kind);
        }
    }

    /// <summary>Writes objects as one List.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="objects">The objects, in their order.</param>
    public static void Write(Stream stream, IEnumerable<IApiObject> objects)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(objects);
        using var writer = new Utf8JsonWriter(stream, Written);
        writer.WriteStartObject();
        writer.WriteString("apiVersion", "v1");
        writer.WriteString("kind", "List");
        writer.WriteStartArray("items");
        foreach (var item in objects)
        {
            writer.WriteRawValue(KubernetesJson.SerializeToUtf8Bytes(item));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        stream.Write(Encoding.UTF8.GetBytes("\n"));
    }
}
