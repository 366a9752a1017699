using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using K124.Sim.Model.Json;
using K124.Sim.Scheduling.Queue;

namespace K124.Sim.Scheduling.Loop;

/// <summary>Writes the log of a <see cref="SchedulingSimulation"/>.</summary>
public static class SchedulingLog
{
    private static readonly JsonTypeInfo<SchedulingLogEntry> Entry = CreateEntryInfo();

    /// <summary>Writes entries as JSON, one a line, in UTF-8; members without content are left out.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="stream">Where to; it stays open.</param>
    public static void Write(IEnumerable<SchedulingLogEntry> entries, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(stream);
        foreach (var entry in entries)
        {
            JsonSerializer.Serialize(stream, entry, Entry);
            stream.WriteByte((byte)'\n');
        }
    }

    /// <summary>The entries as JSON, one a line; members without content are left out.</summary>
    /// <param name="entries">The entries.</param>
    /// <returns>The text.</returns>
    public static string ToJsonLines(IEnumerable<SchedulingLogEntry> entries)
    {
        using var stream = new MemoryStream();
        Write(entries, stream);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static JsonTypeInfo<SchedulingLogEntry> CreateEntryInfo()
    {
        var options = new JsonSerializerOptions(ModelJsonOptions.Shared)
        {
            TypeInfoResolver = SchedulingLogJsonContext.Default.WithAddedModifier(ModelJsonOptions.LeaveOutEmptyMembers),
        };
        options.Converters.Add(new JsonStringEnumConverter<SchedulingLogKind>());
        options.Converters.Add(new JsonStringEnumConverter<QueuedPodPlace>());
        options.MakeReadOnly();
        return (JsonTypeInfo<SchedulingLogEntry>)options.GetTypeInfo(typeof(SchedulingLogEntry));
    }
}

/// <summary>Source-generated shape of the log.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SchedulingLogEntry))]
internal sealed partial class SchedulingLogJsonContext : JsonSerializerContext;
