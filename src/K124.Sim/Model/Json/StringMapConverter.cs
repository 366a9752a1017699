using System.Text.Json;
using System.Text.Json.Serialization;

namespace K124.Sim.Model.Json;

/// <summary>Reads and writes a <see cref="StringMap{TValue}"/> as a JSON object.</summary>
internal abstract class StringMapConverter<TValue>(StringPool? pool, Func<StringMap<TValue>, StringMap<TValue>, bool> areSame) : JsonConverter<StringMap<TValue>>
{
    private readonly ValuePool<StringMap<TValue>>? _maps = pool is null ? null : new(areSame);
    private readonly List<KeyValuePair<string, TValue>> _scratch = [];

    public override StringMap<TValue>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"expected an object, but found {JsonShape.Describe(reader.TokenType)}");
        }

        // A converter made for one reader is used by one thread; the shared one has no pool and must not keep state.
        var entries = pool is null ? [] : _scratch;
        entries.Clear();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = pool?.GetString(ref reader) ?? reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null)
            {
                entries.Add(new(key, ReadValue(ref reader, pool)));
            }
        }

        var map = StringMap<TValue>.TryAdopt([.. entries], out var duplicate)
            ?? throw new JsonException($"the key '{duplicate}' occurs twice");
        return _maps?.Share(map) ?? map;
    }

    public override void Write(Utf8JsonWriter writer, StringMap<TValue> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, item) in value)
        {
            writer.WriteString(key, Format(item));
        }

        writer.WriteEndObject();
    }

    protected abstract TValue ReadValue(ref Utf8JsonReader reader, StringPool? pool);

    protected abstract string Format(TValue value);
}

internal sealed class TextMapConverter(StringPool? pool) : StringMapConverter<string>(pool, static (a, b) => a.Equals(b))
{
    protected override string ReadValue(ref Utf8JsonReader reader, StringPool? pool) => reader.TokenType != JsonTokenType.String
        ? throw new JsonException(JsonShape.NotAString(ref reader))
        : pool?.GetString(ref reader) ?? reader.GetString()!;

    protected override string Format(string value) => value;
}

internal sealed class ResourceListConverter(StringPool? pool) : StringMapConverter<Quantity>(pool, AreWrittenAlike)
{
    // Equal amounts may be written differently, and only what is written alike may be shared.
    private static bool AreWrittenAlike(StringMap<Quantity> a, StringMap<Quantity> b)
    {
        if (!a.Equals(b))
        {
            return false;
        }

        for (var i = 0; i < a.Count; i++)
        {
            if (a.Entries[i].Value.Format != b.Entries[i].Value.Format)
            {
                return false;
            }
        }

        return true;
    }

    protected override Quantity ReadValue(ref Utf8JsonReader reader, StringPool? pool) => QuantityConverter.ReadValue(ref reader);

    protected override string Format(Quantity value) => value.ToString();
}

internal sealed class TimeMapConverter(StringPool? pool) : StringMapConverter<DateTimeOffset>(pool, static (a, b) => a.Equals(b))
{
    protected override DateTimeOffset ReadValue(ref Utf8JsonReader reader, StringPool? pool) => TimeConverter.ReadValue(ref reader);

    protected override string Format(DateTimeOffset value) => TimeConverter.Format(value);
}
