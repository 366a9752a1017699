using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Protobuf;

/// <summary>Reads request bodies of type <c>application/vnd.kubernetes.protobuf</c>: four bytes, then an envelope that names the
/// kind and holds the object.</summary>
internal sealed class ProtobufBody
{
    private const int MaxDepth = 100;

    private bool _isBroken;

    private ProtobufBody()
    {
    }

    /// <summary>Whether a body is in this form.</summary>
    public static bool IsProtobuf(ReadOnlySpan<byte> body) => body.StartsWith("k8s\0"u8);

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="tree">The object as its JSON body would be.</param>
    /// <returns>False if the body is malformed or of a kind that has no message.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out JsonObject? tree) => TryRead(body, out tree, out _);

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="tree">The object as its JSON body would be.</param>
    /// <param name="problem">What is wrong with the body, in the server's words.</param>
    /// <returns>False if the body is malformed or of a kind that has no message.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out JsonObject? tree, out string problem)
    {
        tree = null;
        problem = "unexpected EOF";
        if (!IsProtobuf(body))
        {
            return false;
        }

        var (apiVersion, kind) = ("", "");
        ReadOnlySpan<byte> raw = default;
        var envelope = new ProtobufReader(body[4..]);
        while (envelope.Read())
        {
            switch (envelope.Number)
            {
                case 1:
                    (apiVersion, kind) = TypeMeta(envelope.Content);
                    break;
                case 2:
                    raw = envelope.Content;
                    break;
            }
        }

        if (envelope.Problem.Length > 0)
        {
            problem = "proto: Unknown: " + envelope.Problem;
        }

        if (envelope.IsBroken || ProtobufNames.MessageOf(apiVersion, kind) is not { } message)
        {
            return false;
        }

        tree = new() { ["kind"] = kind, ["apiVersion"] = apiVersion };
        var reader = new ProtobufBody();
        reader.ReadInto(tree, message, ProtobufNames.TypeOf(message), raw, 0);
        if (reader._isBroken)
        {
            tree = null;
        }

        return tree is not null;
    }

    private static (string ApiVersion, string Kind) TypeMeta(ReadOnlySpan<byte> content)
    {
        var (apiVersion, kind) = ("", "");
        var reader = new ProtobufReader(content);
        while (reader.Read())
        {
            switch (reader.Number)
            {
                case 1: apiVersion = Encoding.UTF8.GetString(reader.Content); break;
                case 2: kind = Encoding.UTF8.GetString(reader.Content); break;
            }
        }

        return (apiVersion, kind);
    }

    private void ReadInto(JsonObject tree, string messageName, SchemaType? type, ReadOnlySpan<byte> bytes, int depth)
    {
        if (depth > MaxDepth || ProtobufMessages.Instance.Find(messageName) is not { } message)
        {
            _isBroken = true;
            return;
        }

        var reader = new ProtobufReader(bytes);
        while (reader.Read())
        {
            if (message.Field(reader.Number) is { } field)
            {
                Take(tree, field, type, ref reader, depth);
            }
        }

        _isBroken |= reader.IsBroken;
    }

    private void Take(JsonObject tree, ProtobufField field, SchemaType? type, ref ProtobufReader reader, int depth)
    {
        var member = ProtobufNames.Member(type, field.Name);
        if (member is null && type is not null)
        {
            // Messages that JSON does not show as such hold members of the object around them.
            if (field.Kind == ProtobufKind.Message && !field.IsList && !field.IsMap)
            {
                ReadInto(tree, field.Message, type, reader.Content, depth + 1);
            }

            return;
        }

        var name = member?.Name ?? field.Name;
        var shape = member?.Shape;
        if (field.IsMap)
        {
            TakeEntry(tree.Ensure(name), field, shape?.Element, reader.Content, depth);
        }
        else if (field.IsList)
        {
            TakeElements(tree.EnsureList(name), field, shape?.Element, ref reader, depth);
        }
        else
        {
            tree[name] = Value(field, shape, ref reader, depth);
        }
    }

    // Lists of numbers may come packed into one field.
    private void TakeElements(JsonArray list, ProtobufField field, SchemaShape? shape, ref ProtobufReader reader, int depth)
    {
        if (field.Kind != ProtobufKind.Integer || !reader.HasContent)
        {
            list.Add(Value(field, shape, ref reader, depth));
            return;
        }

        var rest = reader.Content;
        while (!rest.IsEmpty)
        {
            var value = 0UL;
            var used = 0;
            while (used < rest.Length && rest[used] >= 0x80)
            {
                value |= (ulong)(rest[used] & 0x7f) << (7 * used);
                used++;
            }

            if (used >= Math.Min(rest.Length, 10))
            {
                _isBroken = true;
                return;
            }

            list.Add((JsonNode)JsonValue.Create((long)(value | ((ulong)rest[used] << (7 * used)))));
            rest = rest[(used + 1)..];
        }
    }

    private void TakeEntry(JsonObject map, ProtobufField field, SchemaShape? shape, ReadOnlySpan<byte> content, int depth)
    {
        var key = "";
        JsonNode? value = field.Kind == ProtobufKind.Message ? new JsonObject() : JsonValue.Create("");
        var reader = new ProtobufReader(content);
        while (reader.Read())
        {
            switch (reader.Number)
            {
                case 1: key = Encoding.UTF8.GetString(reader.Content); break;
                case 2: value = Value(field, shape, ref reader, depth); break;
            }
        }

        _isBroken |= reader.IsBroken;
        map[key] = value;
    }

    private JsonNode? Value(ProtobufField field, SchemaShape? shape, ref ProtobufReader reader, int depth) => field.Kind switch
    {
        ProtobufKind.Text => JsonValue.Create(Encoding.UTF8.GetString(reader.Content)),
        ProtobufKind.Flag => JsonValue.Create(reader.Scalar != 0),
        ProtobufKind.Integer => JsonValue.Create((long)reader.Scalar),
        ProtobufKind.Real => JsonValue.Create(BitConverter.UInt64BitsToDouble(reader.Scalar)),
        ProtobufKind.Bytes => JsonValue.Create(Convert.ToBase64String(reader.Content)),
        _ => Message(field.Message, shape, reader.Content, depth),
    };

    private JsonNode? Message(string name, SchemaShape? shape, ReadOnlySpan<byte> content, int depth)
    {
        switch (name)
        {
            case "apimachinery.pkg.apis.meta.v1.Time":
                return Time(content, "yyyy-MM-dd'T'HH:mm:ss'Z'");
            case "apimachinery.pkg.apis.meta.v1.MicroTime":
                return Time(content, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");
            case "apimachinery.pkg.api.resource.Quantity":
                return JsonValue.Create(First(content) is { Length: > 0 } text ? text : "0");
            case "apimachinery.pkg.util.intstr.IntOrString":
                return IntOrString(content);
            case "apimachinery.pkg.apis.meta.v1.FieldsV1" or "apimachinery.pkg.runtime.RawExtension"
                or "apiextensions_apiserver.pkg.apis.apiextensions.v1.JSON":
                return Raw(content);
        }

        if (ProtobufNames.IsChoice(name))
        {
            return Choice(name, content, depth);
        }

        if (shape?.Kind == SchemaKind.List)
        {
            return Wrapped(content);
        }

        var tree = new JsonObject();
        ReadInto(tree, name, shape?.Type ?? ProtobufNames.TypeOf(name), content, depth + 1);
        return tree;
    }

    /// <summary>A schema, or a list or a boolean in its place.</summary>
    private JsonNode? Choice(string name, ReadOnlySpan<byte> content, int depth)
    {
        JsonNode? schema = null;
        JsonNode? other = null;
        var schemaField = name == ProtobufNames.SchemaOrBoolean ? 2 : 1;
        var reader = new ProtobufReader(content);
        while (reader.Read())
        {
            if (reader.Number == schemaField)
            {
                schema = Schema(reader.Content, depth);
            }
            else if (name == ProtobufNames.SchemaOrBoolean)
            {
                other = JsonValue.Create(reader.Scalar != 0);
            }
            else
            {
                var items = other as JsonArray ?? [];
                items.Add(name == ProtobufNames.SchemaOrList ? Schema(reader.Content, depth) : JsonValue.Create(Encoding.UTF8.GetString(reader.Content)));
                other = items;
            }
        }

        _isBroken |= reader.IsBroken;
        return schema ?? other;
    }

    private JsonObject Schema(ReadOnlySpan<byte> content, int depth)
    {
        var tree = new JsonObject();
        ReadInto(tree, ProtobufNames.Schema, ProtobufNames.TypeOf(ProtobufNames.Schema), content, depth + 1);
        return tree;
    }

    // A list of strings that is an element itself travels as a message with one repeated field.
    private static JsonArray Wrapped(ReadOnlySpan<byte> content)
    {
        var list = new JsonArray();
        var reader = new ProtobufReader(content);
        while (reader.Read())
        {
            list.Add((JsonNode)JsonValue.Create(Encoding.UTF8.GetString(reader.Content)));
        }

        return list;
    }

    private static JsonValue? Time(ReadOnlySpan<byte> content, string format)
    {
        // The zero time has no bytes at all.
        if (content.IsEmpty)
        {
            return null;
        }

        var (seconds, nanos) = (0L, 0L);
        var reader = new ProtobufReader(content);
        while (reader.Read())
        {
            (seconds, nanos) = reader.Number == 1 ? ((long)reader.Scalar, nanos) : (seconds, (long)reader.Scalar);
        }

        var ticks = Math.Clamp(seconds, -62_135_596_800, 253_402_300_799) * TimeSpan.TicksPerSecond + nanos / TimeSpan.NanosecondsPerTick;
        return JsonValue.Create(DateTime.UnixEpoch.AddTicks(ticks).ToString(format, CultureInfo.InvariantCulture));
    }

    private static JsonValue IntOrString(ReadOnlySpan<byte> content)
    {
        var (isText, number, text) = (false, 0L, "");
        var reader = new ProtobufReader(content);
        while (reader.Read())
        {
            switch (reader.Number)
            {
                case 1: isText = reader.Scalar == 1; break;
                case 2: number = (long)reader.Scalar; break;
                case 3: text = Encoding.UTF8.GetString(reader.Content); break;
            }
        }

        return isText ? JsonValue.Create(text) : JsonValue.Create(number);
    }

    private JsonNode? Raw(ReadOnlySpan<byte> content)
    {
        var reader = new ProtobufReader(content);
        if (!reader.Read() || reader.Content.IsEmpty)
        {
            return null;
        }

        _isBroken |= GoJson.TryParse(reader.Content, out var tree) is not null;
        return tree;
    }

    private static string First(ReadOnlySpan<byte> content)
    {
        var reader = new ProtobufReader(content);
        return reader.Read() ? Encoding.UTF8.GetString(reader.Content) : "";
    }
}
