using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using K124.Sim.Preflight;

namespace K124.Sim.Cli.Output.Preflight;

/// <summary>Findings as SARIF 2.1.0, which code scanning reads.</summary>
internal static class PreflightSarif
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    public static string Text(PreflightReport report)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", Schema);
            writer.WriteString("version", "2.1.0");
            writer.WriteStartArray("runs");
            writer.WriteStartObject();
            WriteTool(writer);
            writer.WriteStartArray("results");
            foreach (var finding in report.Findings)
            {
                WriteResult(writer, finding, isAccepted: false);
            }

            foreach (var finding in report.Accepted)
            {
                WriteResult(writer, finding, isAccepted: true);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteTool(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "k124 preflight");
        writer.WriteStartArray("rules");
        foreach (var rule in PreflightRules.All)
        {
            writer.WriteStartObject();
            writer.WriteString("id", rule.Id);
            WriteText(writer, "shortDescription", rule.Title);
            WriteText(writer, "help", $"See docs/preflight.md#{rule.Id}.");
            writer.WriteStartObject("defaultConfiguration");
            writer.WriteString("level", LevelOf(rule.Worst));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, PreflightFinding finding, bool isAccepted)
    {
        var subject = finding.Subject;
        writer.WriteStartObject();
        writer.WriteString("ruleId", finding.Rule);
        writer.WriteString("level", LevelOf(finding.Severity));
        WriteText(writer, "message", $"{subject}{(finding.Field.Length > 0 ? $", {finding.Field}" : "")}: {finding.Behavior}. To do: {finding.Remedy}.");
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        if (subject.File.Length > 0)
        {
            writer.WriteStartObject("physicalLocation");
            writer.WriteStartObject("artifactLocation");
            writer.WriteString("uri", string.Join('/', subject.File.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString)));
            writer.WriteEndObject();
            if (subject.Line > 0)
            {
                writer.WriteStartObject("region");
                writer.WriteNumber("startLine", subject.Line);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteStartArray("logicalLocations");
        writer.WriteStartObject();
        writer.WriteString("fullyQualifiedName", $"{subject}{(finding.Field.Length > 0 ? $" {finding.Field}" : "")}");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartObject("partialFingerprints");
        writer.WriteString("finding/v1", finding.Key);
        writer.WriteEndObject();
        if (isAccepted)
        {
            writer.WriteStartArray("suppressions");
            writer.WriteStartObject();
            writer.WriteString("kind", "external");
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }

    private static string LevelOf(PreflightSeverity severity) => severity switch
    {
        PreflightSeverity.Block => "error",
        PreflightSeverity.Warning => "warning",
        _ => "note",
    };
}
