using System.Text.Json.Nodes;
using K124.Sim.Kinds.CustomResources;
using K124.Sim.Patching.Fields;

namespace K124.Sim.Patching.Typing;

/// <summary>The types of custom resources, made from their schemas.</summary>
internal static class CustomTypes
{
    private static readonly TypeShape Text = new(ScalarForm.String);
    private static readonly TypeShape Number = new(ScalarForm.Numeric);
    private static readonly TypeShape Boolean = new(ScalarForm.Boolean);
    private static readonly TypeShape Untyped = new(ScalarForm.Untyped);

    /// <summary>Type of the objects of a version.</summary>
    public static TypeShape Of(CustomResourceVersion version) => new(map: self => Members(version.Schema, isRoot: true));

    private static TypeShape Of(StructuralSchema schema)
    {
        if (schema.IsIntOrString)
        {
            return TypeShape.Deduced;
        }

        return schema.Type switch
        {
            "object" => new(map: _ => Members(schema, isRoot: false)),
            "array" => List(schema),
            "string" => schema.Format is "" or "byte" ? Text : Untyped,
            "integer" or "number" => Number,
            "boolean" => Boolean,
            _ when !schema.Properties.IsEmpty => new(map: _ => Members(schema, isRoot: false)),
            _ => TypeShape.Deduced,
        };
    }

    private static MapForm Members(StructuralSchema schema, bool isRoot)
    {
        var members = schema.Properties.Where(p => !isRoot || p.Key is not ("apiVersion" or "kind" or "metadata"))
            .Select(static p => Member(p.Key, Of(p.Value), p.Value.Default));
        if (isRoot || schema.IsEmbedded)
        {
            members = members.Where(static m => m.Element.Name is not ("apiVersion" or "kind" or "metadata"))
                .Append(Member("apiVersion", Text)).Append(Member("kind", Text)).Append(Member("metadata", BuiltInTypes.AsWritten.ObjectMeta));
        }

        // An object of which the schema says nothing is free; so are the unknown members that it keeps.
        var element = schema.PreservesUnknown || (!isRoot && schema.Properties.IsEmpty && !schema.AllowsAdditional)
            ? TypeShape.Deduced
            : schema.Additional is { } additional ? Of(additional) : schema.AllowsAdditional ? TypeShape.Deduced : null;
        return new(members, element, schema.IsAtomicMap);
    }

    private static MemberForm Member(string name, TypeShape type, JsonNode? keyDefault = null) => new(PathElement.Field(name), () => type, keyDefault);

    private static TypeShape List(StructuralSchema schema)
    {
        var element = schema.Items is { } items ? Of(items) : TypeShape.Deduced;
        return schema.ListType switch
        {
            "map" => new(list: new(ListRelation.Map, () => element, [.. schema.ListMapKeys])),
            "set" => new(list: new(ListRelation.Set, () => element)),
            _ => new(list: new(ListRelation.Atomic, () => element)),
        };
    }
}
