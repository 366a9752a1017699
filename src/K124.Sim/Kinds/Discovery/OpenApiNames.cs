using K124.Sim.Kinds.Schema;

namespace K124.Sim.Kinds.Discovery;

/// <summary>Names of definitions and references to them.</summary>
internal static class OpenApiNames
{
    /// <summary>Metadata of objects.</summary>
    public const string ObjectMeta = Meta + "ObjectMeta";

    /// <summary>Metadata of lists.</summary>
    public const string ListMeta = Meta + "ListMeta";

    /// <summary>Outcomes without an object.</summary>
    public const string Status = Meta + "Status";

    /// <summary>Options of deletions.</summary>
    public const string DeleteOptions = Meta + "DeleteOptions";

    /// <summary>Patches.</summary>
    public const string Patch = Meta + "Patch";

    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    /// <summary>Name of the definition of a built-in type.</summary>
    public static string Of(SchemaType type) => "io.k8s." + type.Name;

    /// <summary>Name of the definition of a custom resource: its group backwards.</summary>
    public static string OfCustom(string group, string version, string kind) =>
        string.Join('.', group.Split('.').AsEnumerable().Reverse()) + $".{version}.{kind}";

    /// <summary>Name of the definition of a form that has one of its own; empty if it has none.</summary>
    public static string OfForm(SchemaShape shape, string owner, string member) => shape.Kind switch
    {
        SchemaKind.Struct => Of(shape.Type!),
        SchemaKind.Time => Meta + "Time",
        SchemaKind.MicroTime => Meta + "MicroTime",
        SchemaKind.Quantity => "io.k8s.apimachinery.pkg.api.resource.Quantity",
        SchemaKind.IntOrString => "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
        SchemaKind.Any when member == "fieldsV1" => Meta + "FieldsV1",
        SchemaKind.Any when owner.EndsWith(".JSONSchemaProps", StringComparison.Ordinal) => "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1." + member switch
        {
            "items" => "JSONSchemaPropsOrArray",
            "additionalItems" or "additionalProperties" => "JSONSchemaPropsOrBool",
            "dependencies" => "JSONSchemaPropsOrStringArray",
            _ => "JSON",
        },
        SchemaKind.Any => "io.k8s.apimachinery.pkg.runtime.RawExtension",
        _ => "",
    };

    /// <summary>A reference to a definition.</summary>
    public static string Reference(string name, OpenApiForm form) => (form == OpenApiForm.V2 ? "#/definitions/" : "#/components/schemas/") + name;
}
