using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace K124.Sim.Preflight;

/// <summary>Findings that are known and accepted.</summary>
/// <remarks>A baseline is a JSON document with the list <c>accepted</c> of the findings' keys.</remarks>
public sealed class PreflightBaseline
{
    private const string ApiVersion = "k124.sim/v1";
    private const string Kind = "PreflightBaseline";
    private const string Accepted = "accepted";

    private readonly FrozenSet<string> _keys;

    private PreflightBaseline(IEnumerable<string> keys) => _keys = keys.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A baseline that accepts all findings of a report.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The baseline.</returns>
    public static PreflightBaseline Of(PreflightReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new(report.Findings.Concat(report.Accepted).Select(static finding => finding.Key));
    }

    /// <summary>Reads a baseline.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="baseline">The baseline.</param>
    /// <param name="problem">Why the text is none.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string json, [NotNullWhen(true)] out PreflightBaseline? baseline, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(json);
        (baseline, problem) = (null, null);
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("kind", out var kind) || kind.ToString() != Kind)
            {
                problem = $"kind: expected {Kind}";
            }
            else if (!root.TryGetProperty(Accepted, out var keys) || keys.ValueKind != JsonValueKind.Array)
            {
                problem = $"{Accepted}: expected a list";
            }
            else
            {
                baseline = new(keys.EnumerateArray().Select(static key => key.ToString()));
            }
        }
        catch (JsonException exception)
        {
            problem = $"not JSON: {exception.Message}";
        }

        return problem is null;
    }

    /// <summary>Whether a finding is accepted.</summary>
    /// <param name="finding">The finding.</param>
    /// <returns>True if it is.</returns>
    public bool Accepts(PreflightFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return _keys.Contains(finding.Key);
    }

    /// <summary>The baseline as <see cref="TryParse"/> reads it.</summary>
    /// <returns>The text.</returns>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", ApiVersion);
            writer.WriteString("kind", Kind);
            writer.WriteStartArray(Accepted);
            foreach (var key in _keys.Order(StringComparer.Ordinal))
            {
                writer.WriteStringValue(key);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
