using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using K124.Sim.Batch.Jobs;
using K124.Sim.Model;
using K124.Sim.Model.Json;
using K124.Sim.Pods;

namespace K124.Sim.Batch.Forecast;

/// <summary>How scenarios and timelines are read and written.</summary>
internal static class BatchJson
{
    private static readonly JsonSerializerOptions Options = Create();

    public static JsonTypeInfo<JobScenario> Scenario => (JsonTypeInfo<JobScenario>)Options.GetTypeInfo(typeof(JobScenario));

    public static JsonTypeInfo<JobTimeline> Timeline => (JsonTypeInfo<JobTimeline>)Options.GetTypeInfo(typeof(JobTimeline));

    public static JsonTypeInfo<PodPlan> PodPlan => (JsonTypeInfo<PodPlan>)Options.GetTypeInfo(typeof(PodPlan));

    private static JsonSerializerOptions Create()
    {
        var shared = ModelJsonOptions.Shared;
        var options = new JsonSerializerOptions(shared)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(shared.TypeInfoResolver, BatchJsonContext.Default.WithAddedModifier(Adjust)),
        };
        options.Converters.Add(new CountersConverter());
        options.Converters.Add(new HistogramsConverter());
        options.MakeReadOnly();
        return options;
    }

    private static void Adjust(JsonTypeInfo type)
    {
        // Kubernetes objects may carry what the model leaves out; a scenario's own members may not be mistyped.
        if (type.Kind == JsonTypeInfoKind.Object)
        {
            type.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        }

        ModelJsonOptions.LeaveOutEmptyMembers(type);
    }
}

/// <summary>Source-generated shapes of scenarios and timelines.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(JobScenario))]
[JsonSerializable(typeof(JobTimeline))]
[JsonSerializable(typeof(PodPlan))]
internal sealed partial class BatchJsonContext : JsonSerializerContext;

/// <summary>Pod plans by identity.</summary>
internal sealed class PodPlansConverter : JsonConverter<StringMap<PodPlan>>
{
    public override StringMap<PodPlan> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("expected an object of pod plans");
        }

        var plans = new List<KeyValuePair<string, PodPlan>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var id = reader.GetString()!;
            reader.Read();
            plans.Add(new(id, ReadPlan(ref reader, id)));
        }

        return StringMap<PodPlan>.TryAdopt([.. plans], out var duplicate) ?? throw new JsonException($"the key '{duplicate}' occurs twice");
    }

    private static PodPlan ReadPlan(ref Utf8JsonReader reader, string id)
    {
        try
        {
            return JsonSerializer.Deserialize(ref reader, BatchJson.PodPlan) ?? throw new JsonException("a plan is null", "$", null, null);
        }
        catch (JsonException exception)
        {
            // Read on its own, the plan does not know where it stands.
            var member = exception.Path is ['$', .. var rest] ? rest : "";
            throw new JsonException(exception.Message, $"$.podPlans['{id}']{member}", exception.LineNumber, exception.BytePositionInLine, exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, StringMap<PodPlan> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (id, plan) in value)
        {
            writer.WritePropertyName(id);
            JsonSerializer.Serialize(writer, plan, BatchJson.PodPlan);
        }

        writer.WriteEndObject();
    }
}

/// <summary>Counters by name.</summary>
internal sealed class CountersConverter : JsonConverter<StringMap<long>>
{
    public override StringMap<long> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Counters are written only.");

    public override void Write(Utf8JsonWriter writer, StringMap<long> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, count) in value)
        {
            writer.WriteNumber(name, count);
        }

        writer.WriteEndObject();
    }
}

/// <summary>Histograms by name.</summary>
internal sealed class HistogramsConverter : JsonConverter<StringMap<MetricHistogram>>
{
    public override StringMap<MetricHistogram> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Histograms are written only.");

    public override void Write(Utf8JsonWriter writer, StringMap<MetricHistogram> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, histogram) in value)
        {
            writer.WriteStartObject(name);
            writer.WriteStartArray("upperBoundsSeconds");
            foreach (var bound in histogram.UpperBoundsSeconds)
            {
                writer.WriteNumberValue(bound);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("counts");
            foreach (var count in histogram.Counts)
            {
                writer.WriteNumberValue(count);
            }

            writer.WriteEndArray();
            writer.WriteNumber("sumSeconds", histogram.SumSeconds);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
