using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Patching.Fields;

namespace K124.Sim.Patching.Typing;

/// <summary>The types of built-in kinds, made from the schema facts on first use.</summary>
internal sealed class BuiltInTypes
{
    private static readonly Lazy<BuiltInTypes> Shared = new(static () => new(SchemaFacts.Instance, asWritten: false));
    private static readonly Lazy<BuiltInTypes> SharedAsWritten = new(static () => new(SchemaFacts.Instance, asWritten: true));

    private static readonly TypeShape Text = new(ScalarForm.String);
    private static readonly TypeShape Number = new(ScalarForm.Numeric);
    private static readonly TypeShape Boolean = new(ScalarForm.Boolean);
    private static readonly TypeShape Untyped = new(ScalarForm.Untyped);

    // A raw value is usually an object, but defaults and the like in schemas of custom resources are anything.
    private static readonly TypeShape Raw = new(
        ScalarForm.Untyped,
        new(ListRelation.Atomic, static () => TypeShape.Deduced),
        static _ => new MapForm([], TypeShape.Deduced, isAtomic: true));


    private readonly SchemaFacts _facts;
    private readonly bool _asWritten;
    private readonly Dictionary<SchemaType, TypeShape> _types = [];

    private BuiltInTypes(SchemaFacts facts, bool asWritten)
    {
        _facts = facts;
        _asWritten = asWritten;
        foreach (var type in facts.Types)
        {
            _types.Add(type, new(map: _ => Members(type)));
        }
    }

    /// <summary>The types.</summary>
    public static BuiltInTypes Instance => Shared.Value;

    /// <summary>The same types for parts of custom resources, which have only what is written out.</summary>
    public static BuiltInTypes AsWritten => SharedAsWritten.Value;

    /// <summary>Type of the metadata that all kinds share.</summary>
    public TypeShape ObjectMeta => _types[_facts.Type("apimachinery.pkg.apis.meta.v1.ObjectMeta")];

    /// <summary>Type of a schema type.</summary>
    public TypeShape Of(SchemaType type) => _types[type];

    /// <summary>Type of a kind in a version; null if there is none.</summary>
    public TypeShape? Of(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var (group, version) = slash < 0 ? ("", apiVersion) : (apiVersion[..slash], apiVersion[(slash + 1)..]);
        return _facts.TryGetKind(group, version, kind, out var type) ? _types[type] : null;
    }

    private MapForm Members(SchemaType type) => new(type.Fields.Select(f => Member(f)), null, type.IsAtomic);

    private MemberForm Member(SchemaField field)
    {
        var type = TypeOf(field);
        var zero = Zero(field, out var isAlwaysThere);
        return new(PathElement.Field(field.Name), () => type, KeyDefault(field), isAlwaysThere, zero);
    }

    // What the server's own types hold where nothing was said: no pointer, hence never absent.
    private JsonNode? Zero(SchemaField field, out bool isAlwaysThere)
    {
        isAlwaysThere = !_asWritten && !field.IsPointer
            && (field.IsAlwaysWritten || field.Shape.Kind is SchemaKind.Struct or SchemaKind.Time or SchemaKind.MicroTime or SchemaKind.Quantity or SchemaKind.IntOrString);
        return !isAlwaysThere ? null : field.Shape.Kind switch
        {
            SchemaKind.Struct => new JsonObject(),
            SchemaKind.Quantity => JsonValue.Create("0"),
            SchemaKind.String => JsonValue.Create(""),
            SchemaKind.Boolean => JsonValue.Create(false),
            SchemaKind.IntOrString or SchemaKind.Int32 or SchemaKind.Int64 or SchemaKind.Double => JsonValue.Create(0L),
            _ => null,
        };
    }

    private TypeShape TypeOf(SchemaField field) => field.Shape.Kind switch
    {
        SchemaKind.List => List(field),
        SchemaKind.Map => new(map: _ => new MapForm([], TypeOf(field.Shape.Element!), field.MapType == "atomic")),
        SchemaKind.Struct when field.MapType == "atomic" => new(map: _ => new MapForm([], TypeShape.Deduced, isAtomic: true)),
        _ => TypeOf(field.Shape),
    };

    private TypeShape TypeOf(SchemaShape shape) => shape.Kind switch
    {
        SchemaKind.Struct => _types[shape.Type!],
        SchemaKind.List => new(list: new(ListRelation.Atomic, () => TypeOf(shape.Element!))),
        SchemaKind.Map => new(map: _ => new MapForm([], TypeOf(shape.Element!), isAtomic: false)),
        SchemaKind.String or SchemaKind.Bytes => Text,
        SchemaKind.Int32 or SchemaKind.Int64 or SchemaKind.Double => Number,
        SchemaKind.Boolean => Boolean,
        SchemaKind.Any => Raw,
        _ => Untyped,
    };

    private TypeShape List(SchemaField field)
    {
        var element = TypeOf(field.Shape.Element!);
        var (relation, keys) = field.ListType switch
        {
            "map" => (ListRelation.Map, field.ListMapKeys.ToArray()),
            "set" => (ListRelation.Set, []),
            "" when field.PatchStrategy.Contains("merge", StringComparison.Ordinal) => field.PatchMergeKey.Length > 0
                ? (ListRelation.Map, [field.PatchMergeKey])
                : (ListRelation.Set, []),
            _ => (ListRelation.Atomic, Array.Empty<string>()),
        };
        return new(list: new(relation, () => element, keys));
    }

    private static JsonNode? KeyDefault(SchemaField field) => field.Shape.Kind switch
    {
        SchemaKind.String when field.SchemaDefault.Length > 0 => JsonValue.Create(field.SchemaDefault),
        SchemaKind.Int32 or SchemaKind.Int64 when field.SchemaDefault.Length > 0 =>
            JsonValue.Create(long.Parse(field.SchemaDefault, CultureInfo.InvariantCulture)),
        SchemaKind.String when field.IsAlwaysWritten => JsonValue.Create(""),
        SchemaKind.Int32 or SchemaKind.Int64 when field.IsAlwaysWritten => JsonValue.Create(0L),
        _ => null,
    };
}
