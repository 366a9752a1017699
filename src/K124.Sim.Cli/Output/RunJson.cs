using System.Text.Encodings.Web;
using System.Text.Json;
using K124.Sim.Model;

namespace K124.Sim.Cli.Output;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>A run as a document for programs: figures, and every object at the end.</summary>
internal static class RunJson
{
    private static readonly JsonWriterOptions Written = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    public static void Write(Terminal terminal, RunReport report, ControlPlane plane, bool timeline)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Written))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", JsonOutput.ApiVersion);
            writer.WriteString("kind", "Run");
            writer.WriteString("start", report.Start.UtcDateTime);
            writer.WriteString("end", report.End.UtcDateTime);
            writer.WriteBoolean("quiet", report.IsQuiet);
            writer.WriteNumber("writes", report.Writes);
            writer.WriteNumber("events", report.Events);
            writer.WriteStartObject("pods");
            foreach (var (phase, count) in report.Phases)
            {
                writer.WriteNumber(phase, count);
            }

            writer.WriteEndObject();
            if (timeline)
            {
                WriteTimeline(writer, plane);
            }

            WriteObjects(writer, plane);
            writer.WriteEndObject();
        }

        terminal.Output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteTimeline(Utf8JsonWriter writer, ControlPlane plane)
    {
        writer.WriteStartArray("timeline");
        foreach (var entry in plane.Timeline)
        {
            writer.WriteStartObject();
            writer.WriteString("time", entry.Time.UtcDateTime);
            writer.WriteString("actor", entry.Actor);
            writer.WriteString("verb", entry.Verb);
            writer.WriteString("kind", entry.Kind);
            writer.WriteString("object", entry.Key.ToString());
            if (entry.Subresource.Length > 0)
            {
                writer.WriteString("subresource", entry.Subresource);
            }

            writer.WriteNumber("revision", entry.Revision);
            writer.WriteNumber("cause", entry.Cause);
            if (entry.Event is { } report)
            {
                writer.WriteString("type", report.Type);
                writer.WriteString("reason", report.Reason);
                writer.WriteString("message", report.Message);
            }
            else if (entry.Refusal is { } refusal)
            {
                writer.WriteNumber("code", refusal.Code);
                writer.WriteString("message", refusal.Message);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteObjects(Utf8JsonWriter writer, ControlPlane plane)
    {
        writer.WriteStartArray("objects");
        foreach (var kind in ApiKind.All)
        {
            foreach (var item in plane.Client.List(kind))
            {
                writer.WriteRawValue(KubernetesJson.Serialize(item));
            }
        }

        writer.WriteEndArray();
    }
}
