using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using K124.Sim.Model.Json;

namespace K124.Sim.Model;

/// <summary>Reads and writes single objects in the JSON form of the Kubernetes API.</summary>
/// <remarks>Unknown members are ignored and null means absent, as in the API server's decoder. Whole files and dumps are
/// read by the package K124.Sim.Manifests.</remarks>
public static class KubernetesJson
{
    /// <summary>Reads one object.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="json">JSON text in UTF-8.</param>
    /// <returns>The object.</returns>
    /// <exception cref="JsonException">The text is not JSON, a member has the wrong type, or a quantity or time is malformed;
    /// the exception names the path.</exception>
    public static T Deserialize<T>(ReadOnlySpan<byte> json)
        where T : class, IApiObject => (T)Deserialize(json, typeof(T), ModelJsonOptions.Shared);

    /// <summary>Reads one object.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="json">JSON text.</param>
    /// <returns>The object.</returns>
    /// <exception cref="JsonException">The text is not JSON, a member has the wrong type, or a quantity or time is malformed;
    /// the exception names the path.</exception>
    public static T Deserialize<T>(string json)
        where T : class, IApiObject => Deserialize<T>(System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>Writes one object: members in a fixed order, empty ones left out.</summary>
    /// <param name="item">The object.</param>
    /// <returns>JSON text in UTF-8.</returns>
    /// <exception cref="ArgumentException">The object's kind is not modelled.</exception>
    public static byte[] SerializeToUtf8Bytes(IApiObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return JsonSerializer.SerializeToUtf8Bytes(item, TypeInfo(item.GetType(), ModelJsonOptions.Shared));
    }

    /// <summary>Writes one object: members in a fixed order, empty ones left out.</summary>
    /// <param name="item">The object.</param>
    /// <returns>JSON text.</returns>
    /// <exception cref="ArgumentException">The object's kind is not modelled.</exception>
    public static string Serialize(IApiObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return JsonSerializer.Serialize(item, TypeInfo(item.GetType(), ModelJsonOptions.Shared));
    }

    internal static IApiObject Deserialize(ReadOnlySpan<byte> json, Type type, JsonSerializerOptions options)
    {
        var typeInfo = TypeInfo(type, options);
        try
        {
            return Read(json, typeInfo);
        }
        catch (JsonException) when (NullMembers.Contains(json))
        {
            return Read(NullMembers.Remove(json), typeInfo);
        }
    }

    private static IApiObject Read(ReadOnlySpan<byte> json, JsonTypeInfo typeInfo) =>
        (IApiObject?)JsonSerializer.Deserialize(json, typeInfo) ?? throw new JsonException("expected an object, but found null");

    private static JsonTypeInfo TypeInfo(Type type, JsonSerializerOptions options)
    {
        ApiKind.IndexOf(type);
        return options.GetTypeInfo(type);
    }
}
