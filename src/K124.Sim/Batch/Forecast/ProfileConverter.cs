using System.Text.Json;
using System.Text.Json.Serialization;
using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Batch.Forecast;

/// <summary>A profile as an object of the gates that were set, by name.</summary>
internal sealed class ProfileConverter : JsonConverter<ClusterProfile>
{
    public override ClusterProfile Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("expected an object of feature gates");
        }

        var gates = FeatureGates.Default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var change = gates.Set(StringMap.Of((name, reader.GetBoolean())));
            gates = change.Gates ?? throw new JsonException(change.Error);
        }

        return ClusterProfile.Of(gates);
    }

    public override void Write(Utf8JsonWriter writer, ClusterProfile value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, isEnabled) in value.FeatureGates.Settings)
        {
            writer.WriteBoolean(name, isEnabled);
        }

        writer.WriteEndObject();
    }
}
