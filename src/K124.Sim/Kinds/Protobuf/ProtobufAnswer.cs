using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Protobuf;

/// <summary>Writes objects as bodies of type <c>application/vnd.kubernetes.protobuf</c>, byte for byte as 1.24 does: what is no
/// pointer is written even when it is zero.</summary>
internal static class ProtobufAnswer
{
    /// <summary>Writes an object.</summary>
    /// <param name="tree">The object, with its kind and version.</param>
    /// <param name="body">The body.</param>
    /// <returns>False if its kind has no message.</returns>
    public static bool TryWrite(JsonObject tree, [NotNullWhen(true)] out byte[]? body)
    {
        body = null;
        var (apiVersion, kind) = (tree.Text("apiVersion"), tree.Text("kind"));
        if (ProtobufNames.MessageOf(apiVersion, kind) is not { } message)
        {
            return false;
        }

        var envelope = new ProtoWriter()
            .Message(1, new ProtoWriter().Content(1, apiVersion).Content(2, kind))
            .Message(2, Write(message, ProtobufNames.TypeOf(message), tree))
            .Content(3, "")
            .Content(4, "");
        body = [.. "k8s\0"u8, .. envelope.ToArray()];
        return true;
    }

    private static ProtoWriter Write(string messageName, SchemaType? type, JsonObject tree)
    {
        var writer = new ProtoWriter();
        foreach (var (number, field) in ProtobufMessages.Instance.Find(messageName)?.Fields ?? [])
        {
            var member = ProtobufNames.Member(type, field.Name);
            if (member is null && type is not null && field is { Kind: ProtobufKind.Message, IsList: false, IsMap: false })
            {
                // A message that JSON does not show as such: its members stand in the object around it.
                writer.Message(number, Write(field.Message, type, tree));
                continue;
            }

            Write(writer, number, field, member, tree[member?.Name ?? field.Name]);
        }

        return writer;
    }

    private static void Write(ProtoWriter writer, int number, ProtobufField field, SchemaField? member, JsonNode? value)
    {
        if (field.IsMap)
        {
            foreach (var (key, item) in (value as JsonObject ?? []).OrderBy(static entry => entry.Key, StringComparer.Ordinal))
            {
                var entry = new ProtoWriter().Content(1, key);
                WriteValue(entry, 2, field, member?.Shape.Element, item);
                writer.Message(number, entry);
            }
        }
        else if (field.IsList)
        {
            foreach (var item in value as JsonArray ?? [])
            {
                WriteValue(writer, number, field, member?.Shape.Element, item);
            }
        }
        else if (value is not null || IsWrittenWhenAbsent(field, member))
        {
            WriteValue(writer, number, field, member?.Shape, value);
        }
    }

    private static bool IsWrittenWhenAbsent(ProtobufField field, SchemaField? member) => field.Kind switch
    {
        ProtobufKind.Bytes => false,
        ProtobufKind.Message => member is { IsPointer: false } && !ProtobufNames.IsChoice(field.Message),
        _ => member is not { IsPointer: true },
    };

    private static void WriteValue(ProtoWriter writer, int number, ProtobufField field, SchemaShape? shape, JsonNode? value)
    {
        switch (field.Kind)
        {
            case ProtobufKind.Text:
                writer.Content(number, JsonTree.AsText(value) ?? "");
                break;
            case ProtobufKind.Flag:
                writer.Scalar(number, value?.GetValueKind() == JsonValueKind.True ? 1 : 0);
                break;
            case ProtobufKind.Integer:
                writer.Scalar(number, Integer(value));
                break;
            case ProtobufKind.Real:
                writer.RealScalar(number, value is null ? 0 : double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture));
                break;
            case ProtobufKind.Bytes:
                writer.Content(number, Convert.FromBase64String(JsonTree.AsText(value) ?? ""));
                break;
            default:
                writer.Message(number, Message(field.Message, shape, value));
                break;
        }
    }

    private static ProtoWriter Message(string name, SchemaShape? shape, JsonNode? value)
    {
        switch (name)
        {
            case "apimachinery.pkg.apis.meta.v1.Time" or "apimachinery.pkg.apis.meta.v1.MicroTime":
                return Time(JsonTree.AsText(value));
            case "apimachinery.pkg.api.resource.Quantity":
                return new ProtoWriter().Content(1, JsonTree.AsText(value) ?? value?.ToJsonString() ?? "0");
            case "apimachinery.pkg.util.intstr.IntOrString":
                var text = JsonTree.AsText(value);
                return new ProtoWriter().Scalar(1, text is null ? 0 : 1).Scalar(2, text is null ? Integer(value) : 0).Content(3, text ?? "");
            case "apimachinery.pkg.apis.meta.v1.FieldsV1" or "apimachinery.pkg.runtime.RawExtension"
                or "apiextensions_apiserver.pkg.apis.apiextensions.v1.JSON":
                return value is null ? new ProtoWriter() : new ProtoWriter().Content(1, GoJson.Write(value));
        }

        if (ProtobufNames.IsChoice(name))
        {
            return Choice(name, value);
        }

        if (shape?.Kind == SchemaKind.List)
        {
            var list = new ProtoWriter();
            foreach (var item in value as JsonArray ?? [])
            {
                list.Content(1, JsonTree.AsText(item) ?? "");
            }

            return list;
        }

        return Write(name, shape?.Type ?? ProtobufNames.TypeOf(name), value as JsonObject ?? []);
    }

    /// <summary>A schema, or a list or a boolean in its place.</summary>
    private static ProtoWriter Choice(string name, JsonNode? value)
    {
        var writer = new ProtoWriter();
        if (name == ProtobufNames.SchemaOrBoolean)
        {
            writer.Scalar(1, value is JsonObject || value?.GetValueKind() == JsonValueKind.True ? 1 : 0);
            return value is JsonObject schema ? writer.Message(2, Schema(schema)) : writer;
        }

        foreach (var item in value as JsonArray ?? [])
        {
            _ = name == ProtobufNames.SchemaOrList ? writer.Message(2, Schema((JsonObject)item!)) : writer.Content(2, JsonTree.AsText(item) ?? "");
        }

        return value is JsonObject one ? writer.Message(1, Schema(one)) : writer;
    }

    private static ProtoWriter Schema(JsonObject tree) => Write(ProtobufNames.Schema, ProtobufNames.TypeOf(ProtobufNames.Schema), tree);

    // The zero time has no bytes at all.
    private static ProtoWriter Time(string? text)
    {
        if (text is null || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
        {
            return new();
        }

        var ticks = time.UtcTicks - DateTime.UnixEpoch.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return new ProtoWriter().Scalar(1, rest < 0 ? seconds - 1 : seconds).Scalar(2, (rest < 0 ? rest + TimeSpan.TicksPerSecond : rest) * TimeSpan.NanosecondsPerTick);
    }

    private static long Integer(JsonNode? value) =>
        value is null ? 0 : long.Parse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
