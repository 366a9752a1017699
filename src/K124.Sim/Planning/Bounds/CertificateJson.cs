using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace K124.Sim.Planning.Bounds;

/// <summary>Certificates as JSON.</summary>
internal static class CertificateJson
{
    private const string ApiVersion = "k124.sim/v1";
    private const string Kind = "Certificate";

    public static string Write(Certificate certificate)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", ApiVersion);
            writer.WriteString("kind", Kind);
            writer.WriteString("objective", certificate.Objective.ToString());
            writer.WriteNumber("bound", certificate.Bound);
            writer.WriteNumber("scale", certificate.Scale);
            writer.WriteNumber("total", certificate.Total);
            writer.WriteStartArray("resources");
            foreach (var resource in certificate.Resources)
            {
                writer.WriteStringValue(resource);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("shapes");
            foreach (var shape in certificate.Shapes)
            {
                writer.WriteStartObject();
                writer.WriteString("name", shape.Name);
                writer.WriteNumber("count", shape.Count);
                WriteNumbers(writer, "requests", shape.Requests);
                writer.WriteNumber("worth", shape.Worth);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("bins");
            foreach (var bin in certificate.Bins)
            {
                writer.WriteStartObject();
                writer.WriteString("name", bin.Name);
                WriteNumbers(writer, "capacity", bin.Capacity);
                writer.WriteNumber("cost", bin.Cost);
                if (bin.Limit is { } limit)
                {
                    writer.WriteNumber("limit", limit);
                }

                WriteNumbers(writer, "refuses", bin.Refuses.Select(static shape => (long)shape));
                writer.WriteNumber("worth", bin.Worth);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteString("digest", certificate.Digest);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static Certificate Read(string json)
    {
        try
        {
            var root = JsonNode.Parse(json)!.AsObject();
            if ((string?)root["kind"] != Kind || (string?)root["apiVersion"] != ApiVersion)
            {
                throw new FormatException($"The document is no {Kind} of {ApiVersion}.");
            }

            return new()
            {
                Objective = Enum.Parse<CertificateObjective>((string)Member(root, "objective")!),
                Scale = (long)Member(root, "scale"),
                Total = (long)Member(root, "total"),
                Resources = [.. Member(root, "resources").AsArray().Select(static name => (string)name!)],
                Shapes = [.. Member(root, "shapes").AsArray().Select(static shape => ReadShape(shape!.AsObject()))],
                Bins = [.. Member(root, "bins").AsArray().Select(static bin => ReadBin(bin!.AsObject()))],
                Digest = (string)Member(root, "digest")!,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException or NullReferenceException or OverflowException)
        {
            throw new FormatException("The document is no certificate: " + exception.Message, exception);
        }
    }

    private static CertificateShape ReadShape(JsonObject shape) =>
        new((string)Member(shape, "name")!, (int)Member(shape, "count"), Numbers(shape, "requests"), (long)Member(shape, "worth"));

    private static CertificateBin ReadBin(JsonObject bin) => new(
        (string)Member(bin, "name")!, Numbers(bin, "capacity"), (long)Member(bin, "cost"), (int?)bin["limit"], [.. Numbers(bin, "refuses").Select(static shape => (int)shape)], (long)Member(bin, "worth"));

    private static JsonNode Member(JsonObject item, string name) => item[name] ?? throw new FormatException($"'{name}' is missing.");

    private static ImmutableArray<long> Numbers(JsonObject item, string name) => [.. Member(item, name).AsArray().Select(static number => (long)number!)];

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
