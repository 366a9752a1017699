using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>What the schema of a custom resource must look like: every value has a type, lists that are maps have keys, defaults fit.</summary>
/// <remarks>Kubernetes 1.24 apiextensions-apiserver/pkg/apiserver/schema.</remarks>
internal static class StructuralRules
{
    private enum Level
    {
        Root,
        Items,
        Member,
    }

    public static void Check(JsonObject schema, FieldPath path, FieldErrors errors)
    {
        var before = errors.Count;
        Check(schema, Level.Root, path, errors);
        if (errors.Count == before)
        {
            Defaults(schema, path, errors);
        }
    }

    private static void Check(JsonObject schema, Level level, FieldPath path, FieldErrors errors)
    {
        Type(schema, level, path, errors);
        ListMap(schema, path, errors);
        foreach (var (name, member) in (schema.Object("properties") ?? []).OrderBy(static member => member.Key, StringComparer.Ordinal))
        {
            Check(member as JsonObject ?? [], Level.Member, path.Child("properties").Key(name), errors);
        }

        if (schema.Object("items") is { } items)
        {
            Check(items, Level.Items, path.Child("items"), errors);
        }

        if (schema.Object("additionalProperties") is { } additional)
        {
            Check(additional, Level.Member, path.Child("additionalProperties"), errors);
        }
    }

    private static void Type(JsonObject schema, Level level, FieldPath path, FieldErrors errors)
    {
        var type = schema.Text("type");
        if (schema.Flag("x-kubernetes-embedded-resource") && type != "object")
        {
            const string MustBe = "must be object if x-kubernetes-embedded-resource is true";
            if (type.Length == 0)
            {
                errors.Required(path.Child("type"), MustBe);
            }
            else
            {
                errors.Invalid(path.Child("type"), type, MustBe);
            }
        }
        else if (type.Length == 0 && !schema.Flag("x-kubernetes-int-or-string") && !schema.Flag("x-kubernetes-preserve-unknown-fields"))
        {
            errors.Required(path.Child("type"), level switch
            {
                Level.Root => "must not be empty at the root",
                Level.Items => "must not be empty for specified array items",
                _ => "must not be empty for specified object fields",
            });
        }

        if (level == Level.Root && type.Length > 0 && type != "object")
        {
            errors.Invalid(path.Child("type"), type, "must be object at the root");
        }

        if (type == "array" && schema.Object("items") is null && !schema.Flag("x-kubernetes-preserve-unknown-fields"))
        {
            errors.Required(path.Child("items"), "must be specified");
        }
    }

    private static void ListMap(JsonObject schema, FieldPath path, FieldErrors errors)
    {
        const string KeysMember = "x-kubernetes-list-map-keys";
        var keys = schema.Texts(KeysMember);
        if (schema.Text("x-kubernetes-list-type") != "map")
        {
            if (keys.Count > 0)
            {
                errors.Required(path.Child("x-kubernetes-list-type"), "must be map if x-kubernetes-list-map-keys is non-empty");
            }

            return;
        }

        if (keys.Count == 0)
        {
            errors.Required(path.Child(KeysMember), "must not be empty if x-kubernetes-list-type is map");
        }

        var items = schema.Object("items");
        for (var i = 0; i < keys.Count; i++)
        {
            var key = keys[i];
            if (items.Object("properties").Object(key) is not { } member)
            {
                errors.Invalid(path.Child(KeysMember).Index(i), key, "entries must all be names of item properties");
            }
            else if (!items.Texts("required").Contains(key) && !member.Has("default"))
            {
                errors.Required(
                    path.Child("items", "properties").Key(key).Child("default"),
                    "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property");
            }
        }
    }

    private static void Defaults(JsonObject schema, FieldPath path, FieldErrors errors)
    {
        if (schema["default"] is { } value && StructuralSchema.Of(schema) is { } read)
        {
            foreach (var error in SchemaValidation.Validate(value, read, path.Child("default").ToString()))
            {
                errors.Add(error);
            }
        }

        foreach (var (name, member) in (schema.Object("properties") ?? []).OrderBy(static member => member.Key, StringComparer.Ordinal))
        {
            Defaults(member as JsonObject ?? [], path.Child("properties").Key(name), errors);
        }

        if (schema.Object("items") is { } items)
        {
            Defaults(items, path.Child("items"), errors);
        }

        if (schema.Object("additionalProperties") is { } additional)
        {
            Defaults(additional, path.Child("additionalProperties"), errors);
        }
    }
}
