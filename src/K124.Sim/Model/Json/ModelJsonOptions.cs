using System.Collections;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace K124.Sim.Model.Json;

/// <summary>How the model is read and written: Kubernetes' leaf types, and nothing written that is empty.</summary>
internal static class ModelJsonOptions
{
    /// <summary>How deep objects may nest, in members that the library ignores too.</summary>
    public const int MaxDepth = 512;

    // Members that say something else when they are empty than when they are absent: no class is not the default class.
    private static readonly FrozenSet<(Type Type, string Member)> TextsThatMayBeEmpty = new (Type, string)[]
    {
        (typeof(PersistentVolumeClaimSpec), "storageClassName"),
        (typeof(PersistentVolumeClaimStatus), "resizeStatus"),
        (typeof(AzureDiskVolumeSource), "cachingMode"),
        (typeof(AzureDiskVolumeSource), "fsType"),
        (typeof(AzureFilePersistentVolumeSource), "secretNamespace"),
        (typeof(GRPCAction), "service"),
        (typeof(LeaseSpec), "holderIdentity"),
        (typeof(EndpointSlicePort), "name"),
        (typeof(EndpointSlicePort), "protocol"),
    }.ToFrozenSet();

    public static JsonSerializerOptions Shared { get; } = Create(pool: null);

    public static JsonSerializerOptions Create(StringPool? pool)
    {
        var options = new JsonSerializerOptions
        {
            MaxDepth = MaxDepth,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault,
            TypeInfoResolver = ModelJsonContext.Default.WithAddedModifier(LeaveOutEmptyMembers),
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters =
            {
                new QuantityConverter(),
                new IntOrStringConverter(),
                new TimeConverter(),
                new RawJsonConverter(),
                new TextMapConverter(pool),
                new ResourceListConverter(pool),
                new TimeMapConverter(pool),
            },
        };
        if (pool is not null)
        {
            options.Converters.Add(new PooledStringConverter(pool));
        }

        options.MakeReadOnly();
        return options;
    }

    internal static void LeaveOutEmptyMembers(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (TextsThatMayBeEmpty.Contains((type.Type, property.Name)))
            {
                property.ShouldSerialize = static (_, value) => value is not null;
            }
            else if (property.PropertyType == typeof(string))
            {
                property.ShouldSerialize = static (_, value) => value is string { Length: > 0 };
            }
            else if (typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
            {
                property.ShouldSerialize = static (_, value) => value is IEnumerable items && items.GetEnumerator().MoveNext();
            }
        }
    }
}
