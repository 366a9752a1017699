using K124.Sim.Kinds.Schema;

namespace K124.Sim.Kinds.Protobuf;

/// <summary>How messages and types find each other.</summary>
internal static class ProtobufNames
{
    public const string Schema = Package + "JSONSchemaProps";
    public const string SchemaOrList = Package + "JSONSchemaPropsOrArray";
    public const string SchemaOrBoolean = Package + "JSONSchemaPropsOrBool";
    public const string SchemaOrStrings = Package + "JSONSchemaPropsOrStringArray";

    private const string Package = "apiextensions_apiserver.pkg.apis.apiextensions.v1.";
    private const string Meta = "apimachinery.pkg.apis.meta.v1.";

    /// <summary>Whether a message holds a schema or something in its place.</summary>
    public static bool IsChoice(string message) => message is SchemaOrList or SchemaOrBoolean or SchemaOrStrings;

    /// <summary>The message of a kind; null if it has none.</summary>
    public static string? MessageOf(string apiVersion, string kind)
    {
        if (kind is "DeleteOptions" or "Status" or "PartialObjectMetadata" or "PartialObjectMetadataList")
        {
            return Meta + kind;
        }

        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var (group, version) = slash < 0 ? ("", apiVersion) : (apiVersion[..slash], apiVersion[(slash + 1)..]);
        return SchemaFacts.Instance.TryGetKind(group, version, kind, out var type) ? type.Name.Replace('-', '_') : null;
    }

    /// <summary>The type of a message's objects, whose packages are named with dashes; null if none is known.</summary>
    public static SchemaType? TypeOf(string message) => SchemaFacts.Instance.Find(message.Replace('_', '-'));

    /// <summary>The member that a field of a message stands for; null if it stands for none.</summary>
    public static SchemaField? Member(SchemaType? type, string name)
    {
        if (type is null || type.TryGetField(name, out _))
        {
            return type?.Field(name);
        }

        // Some names differ in case, and schemas of custom resources have names that messages cannot have.
        var plain = Plain(name);
        return type.Fields.FirstOrDefault(f => Plain(f.Name) == plain);
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
