using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.Kinds.Discovery;

/// <summary>Publishes the built-in types as schemas.</summary>
/// <param name="form">The dialect.</param>
internal sealed class OpenApiSchemas(OpenApiForm form)
{
    private static readonly Dictionary<string, SchemaType> ByName = SchemaFacts.Instance.Types.ToDictionary(OpenApiNames.Of, StringComparer.Ordinal);

    /// <summary>Whether there is a definition of a name.</summary>
    public static bool Has(string name) => ByName.ContainsKey(name);

    /// <summary>All definitions, by name.</summary>
    public IEnumerable<KeyValuePair<string, JsonObject>> All() =>
        ByName.Select(t => KeyValuePair.Create(t.Key, Type(t.Value))).Concat(Leaves());

    /// <summary>The definition of a name; an empty one if there is none.</summary>
    public JsonObject Definition(string name) =>
        ByName.TryGetValue(name, out var type) ? Type(type) : Leaves().FirstOrDefault(l => l.Key == name).Value ?? [];

    private JsonObject Type(SchemaType type)
    {
        var result = new JsonObject { ["type"] = "object" };
        var required = type.Fields.Where(static f => f.IsRequired).Select(static f => f.Name).ToList();
        if (required.Count > 0)
        {
            result["required"] = Texts(required);
        }

        if (!type.Fields.IsEmpty)
        {
            var properties = new JsonObject();
            foreach (var field in type.Fields.OrderBy(static f => f.Name, StringComparer.Ordinal))
            {
                properties.Add(field.Name, Property(type, field));
            }

            result["properties"] = properties;
        }

        if (type.GroupVersionKind.Length > 0)
        {
            var parts = type.GroupVersionKind.Split('/');
            result["x-kubernetes-group-version-kind"] = new JsonArray(GroupVersionKind(parts[0], parts[1], parts[2]));
        }

        if (type.IsAtomic)
        {
            result["x-kubernetes-map-type"] = "atomic";
        }

        return result;
    }

    /// <summary>A group, version and kind as schemas carry it.</summary>
    public static JsonObject GroupVersionKind(string group, string version, string kind) =>
        new() { ["group"] = group, ["kind"] = kind, ["version"] = version };

    private JsonObject Property(SchemaType owner, SchemaField field)
    {
        var result = Shape(field.Shape, owner.Name, field.Name);
        if (!field.EnumValues.IsEmpty)
        {
            result["enum"] = Texts(field.EnumValues);
        }

        Set(result, "x-kubernetes-list-type", field.ListType);
        if (!field.ListMapKeys.IsEmpty)
        {
            result["x-kubernetes-list-map-keys"] = Texts(field.ListMapKeys);
        }

        Set(result, "x-kubernetes-map-type", field.MapType);
        Set(result, "x-kubernetes-patch-strategy", field.PatchStrategy);
        Set(result, "x-kubernetes-patch-merge-key", field.PatchMergeKey);
        if (form == OpenApiForm.V3 && field.SchemaDefault.Length > 0)
        {
            result["default"] = field.Shape.Kind is SchemaKind.Int32 or SchemaKind.Int64
                ? JsonNode.Parse(field.SchemaDefault)
                : JsonValue.Create(field.SchemaDefault);
        }

        return result;
    }

    private JsonObject Shape(SchemaShape shape, string owner, string member)
    {
        if (OpenApiNames.OfForm(shape, owner, member) is { Length: > 0 } name)
        {
            return new() { ["$ref"] = OpenApiNames.Reference(name, form) };
        }

        return shape.Kind switch
        {
            SchemaKind.List => new() { ["type"] = "array", ["items"] = Shape(shape.Element!, owner, member) },
            SchemaKind.Map => new() { ["type"] = "object", ["additionalProperties"] = Shape(shape.Element!, owner, member) },
            SchemaKind.Boolean => new() { ["type"] = "boolean" },
            SchemaKind.Int32 => new() { ["type"] = "integer", ["format"] = "int32" },
            SchemaKind.Int64 => new() { ["type"] = "integer", ["format"] = "int64" },
            SchemaKind.Double => new() { ["type"] = "number", ["format"] = "double" },
            SchemaKind.Bytes => new() { ["type"] = "string", ["format"] = "byte" },
            _ => new() { ["type"] = "string" },
        };
    }

    private IEnumerable<KeyValuePair<string, JsonObject>> Leaves()
    {
        const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";
        const string Extensions = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";
        var isV3 = form == OpenApiForm.V3;
        yield return new(Meta + "Time", new() { ["type"] = "string", ["format"] = "date-time" });
        yield return new(Meta + "MicroTime", new() { ["type"] = "string", ["format"] = "date-time" });
        yield return new("io.k8s.apimachinery.pkg.api.resource.Quantity", isV3 ? Either("string", "number") : new() { ["type"] = "string" });
        yield return new("io.k8s.apimachinery.pkg.util.intstr.IntOrString", isV3 ? IntOrString() : new() { ["type"] = "string", ["format"] = "int-or-string" });
        foreach (var name in (string[])[Meta + "FieldsV1", Meta + "Patch", "io.k8s.apimachinery.pkg.runtime.RawExtension"])
        {
            yield return new(name, new() { ["type"] = "object" });
        }

        foreach (var name in (string[])["JSON", "JSONSchemaPropsOrArray", "JSONSchemaPropsOrBool", "JSONSchemaPropsOrStringArray"])
        {
            yield return new(Extensions + name, []);
        }
    }

    private static JsonObject IntOrString()
    {
        var result = Either("integer", "string");
        result["format"] = "int-or-string";
        return result;
    }

    private static JsonObject Either(string first, string second) =>
        new() { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = first }, new JsonObject { ["type"] = second }) };

    private static void Set(JsonObject target, string name, string value)
    {
        if (value.Length > 0)
        {
            target[name] = value;
        }
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(static t => JsonValue.Create(t))]);
}
