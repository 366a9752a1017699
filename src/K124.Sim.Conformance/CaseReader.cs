using System.Text;
using System.Text.Json;
using K124.Sim.Model;
using K124.Sim.Model.Json;

namespace K124.Sim.Conformance;

/// <summary>Reads the objects of a recorded case.</summary>
internal static class CaseReader
{
    /// <summary>Reads one object.</summary>
    /// <exception cref="JsonException">It is not an object of that kind.</exception>
    public static T Read<T>(JsonElement element)
        where T : class, IApiObject =>
        (T)KubernetesJson.Deserialize(Encoding.UTF8.GetBytes(element.GetRawText()), typeof(T), ModelJsonOptions.Shared);

    /// <summary>Reads a list of objects; an absent list is empty.</summary>
    public static IEnumerable<T> ReadAll<T>(JsonElement parent, string name)
        where T : class, IApiObject =>
        parent.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(Read<T>) : [];

    /// <summary>Demands that an object has no other members than the given ones.</summary>
    /// <exception cref="JsonException">It has another one.</exception>
    public static void DemandOnly(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw new JsonException($"unknown member '{property.Name}'");
            }
        }
    }
}
