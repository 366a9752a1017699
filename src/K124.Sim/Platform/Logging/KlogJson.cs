using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace K124.Sim.Platform.Logging;

/// <summary>Lines of a structured log as JSON.</summary>
/// <remarks>Kubernetes 1.24 component-base/logs/json. Of a key that is there twice both are written: the last one counts for readers.</remarks>
internal static class KlogJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A line without its end.</summary>
    /// <param name="entry">What is logged.</param>
    /// <param name="time">When.</param>
    /// <param name="caller">Who.</param>
    public static string Line(LogEntry entry, DateTimeOffset time, string caller)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("ts", (time - DateTimeOffset.UnixEpoch).TotalMilliseconds);
            if (entry.Name.Length > 0)
            {
                writer.WriteString("logger", entry.Name.Replace('/', '.'));
            }

            writer.WriteString("caller", caller);
            writer.WriteString("msg", entry.Message);
            if (entry.Severity == 'I')
            {
                writer.WriteNumber("v", entry.Level);
            }

            foreach (var pair in entry.OfLogger.Concat(entry.OfCall).Where(static pair => pair.IsPrinted))
            {
                Write(writer, pair);
            }

            if (entry.Error is { } error)
            {
                writer.WriteString("err", error);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, LogPair pair)
    {
        var (text, isQuoted) = pair.Value;
        writer.WritePropertyName(pair.Key);
        if (!isQuoted && (text is "true" or "false" || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
        {
            writer.WriteRawValue(text, skipInputValidation: true);
        }
        else if (pair.Value == LogValue.Nil)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }
}
