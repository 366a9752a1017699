using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace K124.Sim.Pods;

/// <summary>Durations as whole microseconds.</summary>
internal sealed class MicrosecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadValue(ref reader);

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Ticks / TimeSpan.TicksPerMicrosecond);

    internal static TimeSpan ReadValue(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var microseconds)
        && microseconds is >= long.MinValue / TimeSpan.TicksPerMicrosecond and <= long.MaxValue / TimeSpan.TicksPerMicrosecond
            ? new(microseconds * TimeSpan.TicksPerMicrosecond)
            : throw new JsonException("expected whole microseconds");
}

/// <summary>Lists of durations as whole microseconds.</summary>
internal sealed class MicrosecondsListConverter : JsonConverter<ImmutableArray<TimeSpan>>
{
    public override ImmutableArray<TimeSpan> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("expected a list of whole microseconds");
        }

        var list = ImmutableArray.CreateBuilder<TimeSpan>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(MicrosecondsConverter.ReadValue(ref reader));
        }

        return list.ToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<TimeSpan> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var duration in value)
        {
            writer.WriteNumberValue(duration.Ticks / TimeSpan.TicksPerMicrosecond);
        }

        writer.WriteEndArray();
    }
}
