using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>The schema of a value in a custom resource.</summary>
internal sealed class StructuralSchema
{
    private StructuralSchema(JsonObject source)
    {
        Source = source;
        Type = source.Text("type");
        Format = source.Text("format");
        IsNullable = source.Flag("nullable");
        PreservesUnknown = source.Flag("x-kubernetes-preserve-unknown-fields");
        IsEmbedded = source.Flag("x-kubernetes-embedded-resource");
        IsIntOrString = source.Flag("x-kubernetes-int-or-string");
        ListType = source.Text("x-kubernetes-list-type");
        ListMapKeys = [.. source.Texts("x-kubernetes-list-map-keys")];
        IsAtomicMap = source.Text("x-kubernetes-map-type") == "atomic";
        Required = [.. source.Texts("required")];
        Default = source["default"];
        Enum = source.List("enum");
        Items = Of(source["items"]);
        Properties = source.Object("properties") is { } properties
            ? properties.ToImmutableSortedDictionary(static p => p.Key, static p => Of(p.Value) ?? Anything, StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, StructuralSchema>.Empty;
        Additional = Of(source["additionalProperties"]);
        AllowsAdditional = Additional is not null || source.FlagOrNull("additionalProperties") == true;
        AllOf = Several("allOf");
        AnyOf = Several("anyOf");
        OneOf = Several("oneOf");
        Not = Of(source["not"]);
        Pattern = source.Text("pattern") is { Length: > 0 } pattern ? new(() => Compile(pattern)) : null;
    }

    /// <summary>A schema that says nothing.</summary>
    public static StructuralSchema Anything { get; } = new([]);

    /// <summary>The schema as it stands in the definition.</summary>
    public JsonObject Source { get; }

    /// <summary>Type in the words of JSON schema; or empty.</summary>
    public string Type { get; }

    /// <summary>Format; or empty.</summary>
    public string Format { get; }

    /// <summary>Whether null is a value.</summary>
    public bool IsNullable { get; }

    /// <summary>Whether members that the schema does not know are kept.</summary>
    public bool PreservesUnknown { get; }

    /// <summary>Whether the value is an object of the API with kind and metadata.</summary>
    public bool IsEmbedded { get; }

    /// <summary>Whether the value is an integer or a string.</summary>
    public bool IsIntOrString { get; }

    /// <summary><c>atomic</c>, <c>set</c>, <c>map</c>; or empty.</summary>
    public string ListType { get; }

    /// <summary>Members that identify an element of a list of type <c>map</c>.</summary>
    public ImmutableArray<string> ListMapKeys { get; }

    /// <summary>Whether the object is owned as one.</summary>
    public bool IsAtomicMap { get; }

    /// <summary>Members that must be there.</summary>
    public ImmutableArray<string> Required { get; }

    /// <summary>What an absent value is taken to be; null if there is no default.</summary>
    public JsonNode? Default { get; }

    /// <summary>The values that are allowed; null if all are.</summary>
    public JsonArray? Enum { get; }

    /// <summary>Schema of the elements.</summary>
    public StructuralSchema? Items { get; }

    /// <summary>Schemas of the known members.</summary>
    public ImmutableSortedDictionary<string, StructuralSchema> Properties { get; }

    /// <summary>Schema of the other members; null if there is none.</summary>
    public StructuralSchema? Additional { get; }

    /// <summary>Whether there may be other members.</summary>
    public bool AllowsAdditional { get; }

    /// <summary>Schemas that must all hold.</summary>
    public ImmutableArray<StructuralSchema> AllOf { get; }

    /// <summary>Schemas of which one must hold.</summary>
    public ImmutableArray<StructuralSchema> AnyOf { get; }

    /// <summary>Schemas of which exactly one must hold.</summary>
    public ImmutableArray<StructuralSchema> OneOf { get; }

    /// <summary>Schema that must not hold.</summary>
    public StructuralSchema? Not { get; }

    /// <summary>Pattern that a string must match; null if there is none. Its value is null if the pattern is malformed.</summary>
    public Lazy<Regex?>? Pattern { get; }

    /// <summary>Reads a schema; null if there is none.</summary>
    public static StructuralSchema? Of(JsonNode? node) => node is JsonObject source ? new(source) : null;

    /// <summary>A limit such as <c>maxLength</c>; null if it is not set.</summary>
    public long? Limit(string name) => Source.NumberOrNull(name);

    // Matching takes time in proportion to the text, as with the server's own expressions.
    private static Regex? Compile(string pattern)
    {
        try
        {
            return new(AtTextEnd(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    // A closing "$" means the end of the text, not the place before a last line feed.
    private static string AtTextEnd(string pattern) =>
        pattern.EndsWith('$') && !pattern.EndsWith("\\$", StringComparison.Ordinal) ? pattern[..^1] + "\\z" : pattern;

    private ImmutableArray<StructuralSchema> Several(string name) =>
        [.. (Source.List(name) ?? []).Select(static s => Of(s) ?? Anything)];
}
