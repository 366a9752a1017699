using System.Text.Json.Nodes;
using K124.Sim.Kinds.CustomResources;

namespace K124.Sim.Kinds.Discovery;

/// <summary>Publishes the schemas of custom resources.</summary>
internal static class CustomOpenApi
{
    private static readonly string[] OnlyInVersion3 = ["nullable", "oneOf", "anyOf", "allOf", "not", "default"];

    /// <summary>The definition of a version's objects.</summary>
    public static JsonObject Definition(CustomResourceDefinition definition, CustomResourceVersion version, OpenApiForm form)
    {
        var result = version.Schema.Source.DeepClone().AsObject();
        if (form == OpenApiForm.V2)
        {
            Simplify(result);
        }

        var properties = result.Ensure("properties");
        properties["apiVersion"] = new JsonObject { ["type"] = "string" };
        properties["kind"] = new JsonObject { ["type"] = "string" };
        properties["metadata"] = new JsonObject { ["$ref"] = OpenApiNames.Reference(OpenApiNames.ObjectMeta, form) };
        result["x-kubernetes-group-version-kind"] = new JsonArray(OpenApiSchemas.GroupVersionKind(definition.Group, version.Name, definition.Kind));
        return result;
    }

    /// <summary>The definition of lists of a version's objects.</summary>
    public static JsonObject ListDefinition(CustomResourceDefinition definition, CustomResourceVersion version, OpenApiForm form)
    {
        var name = OpenApiNames.OfCustom(definition.Group, version.Name, definition.Kind);
        return new()
        {
            ["type"] = "object",
            ["required"] = new JsonArray("items"),
            ["properties"] = new JsonObject
            {
                ["apiVersion"] = new JsonObject { ["type"] = "string" },
                ["items"] = new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = new JsonObject { ["$ref"] = OpenApiNames.Reference(name, form) },
                },
                ["kind"] = new JsonObject { ["type"] = "string" },
                ["metadata"] = new JsonObject { ["$ref"] = OpenApiNames.Reference(OpenApiNames.ListMeta, form) },
            },
            ["x-kubernetes-group-version-kind"] = new JsonArray(OpenApiSchemas.GroupVersionKind(definition.Group, version.Name, definition.ListKind)),
        };
    }

    // The older dialect cannot say null, alternatives, or that unknown members are welcome beside known ones; what is left is looser.
    private static void Simplify(JsonObject schema)
    {
        var isLoose = schema.Flag("nullable") || schema.Flag("x-kubernetes-int-or-string");
        if (isLoose)
        {
            schema.Remove("type");
        }

        if (isLoose || schema.Flag("x-kubernetes-preserve-unknown-fields"))
        {
            schema.Remove("properties");
            schema.Remove("items");
        }

        foreach (var member in OnlyInVersion3)
        {
            schema.Remove(member);
        }

        foreach (var (_, property) in schema.Object("properties") ?? [])
        {
            if (property is JsonObject inner)
            {
                Simplify(inner);
            }
        }

        foreach (var member in (ReadOnlySpan<string>)["items", "additionalProperties"])
        {
            if (schema.Object(member) is { } inner)
            {
                Simplify(inner);
            }
        }
    }
}
