using System.Text.Json;
using System.Text.Json.Serialization;
using K124.Sim.Batch.Jobs;

namespace K124.Sim.Batch.Forecast;

/// <summary>Gates by name; those not named keep their defaults.</summary>
internal sealed class JobFeatureGatesConverter : JsonConverter<JobFeatureGates>
{
    public override JobFeatureGates Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("expected an object of feature gates");
        }

        var gates = JobFeatureGates.Default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            gates = gates.With(name, reader.GetBoolean()) ?? throw new JsonException($"{name} is not a gate of Jobs");
        }

        return gates;
    }

    public override void Write(Utf8JsonWriter writer, JobFeatureGates value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteBoolean(nameof(value.JobTrackingWithFinalizers), value.JobTrackingWithFinalizers);
        writer.WriteBoolean(nameof(value.JobReadyPods), value.JobReadyPods);
        writer.WriteBoolean(nameof(value.JobMutableNodeSchedulingDirectives), value.JobMutableNodeSchedulingDirectives);
        writer.WriteBoolean(nameof(value.CronJobTimeZone), value.CronJobTimeZone);
        writer.WriteEndObject();
    }
}
