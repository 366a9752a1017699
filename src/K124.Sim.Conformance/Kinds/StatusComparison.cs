using System.Text.Json;
using K124.Sim.Api;

namespace K124.Sim.Conformance.Kinds;

/// <summary>Compares refusals. Values in Go syntax are skipped, as are texts that real servers make differently each time.</summary>
internal static class StatusComparison
{
    private const string UnstableText = "<diff>";
    private const string GoType = " of type ";
    private const int Invalid = 422;

    /// <summary>What differs.</summary>
    public static IEnumerable<string> Differences(JsonElement expect, JsonElement recorded, ApiStatus answered)
    {
        var isUnordered = expect.TryGetProperty("unordered", out var unordered) && unordered.GetBoolean();
        var reason = Text(recorded, "reason");
        if (reason != answered.Reason)
        {
            yield return $"reason: recorded {reason}, answered {answered.Reason}";
        }

        var message = Text(recorded, "message");
        var texts = expect.TryGetProperty("messageAnyOf", out var any) ? any.EnumerateArray().Select(text => text.GetString()!).Append(message).ToArray() : [message];
        if (!texts.Any(text => SameMessage(text, RecordedText.Leaving(answered.Message), answered.Code, isUnordered)))
        {
            yield return $"message: recorded {message}, answered {RecordedText.Leaving(answered.Message)}";
        }

        var details = recorded.TryGetProperty("details", out var found) ? found : default;
        foreach (var difference in DetailDifferences(details, answered.Details, isUnordered))
        {
            yield return difference;
        }
    }

    private static IEnumerable<string> DetailDifferences(JsonElement recorded, ApiStatusDetails? answered, bool isUnordered)
    {
        foreach (var (name, value) in new[] { ("name", answered?.Name), ("group", answered?.Group), ("kind", answered?.Kind) })
        {
            var expected = Text(recorded, name);
            if (expected != RecordedText.Leaving(value ?? ""))
            {
                yield return $"details.{name}: recorded {expected}, answered {value}";
            }
        }

        var causes = recorded.ValueKind == JsonValueKind.Object && recorded.TryGetProperty("causes", out var list)
            ? list.EnumerateArray().Select(cause => Cause(Text(cause, "reason"), Text(cause, "field"), Text(cause, "message"))).ToList()
            : [];
        var found = (answered?.Causes ?? []).Select(cause => Cause(cause.Reason, cause.Field, RecordedText.Leaving(cause.Message))).ToList();
        if (isUnordered)
        {
            causes.Sort(StringComparer.Ordinal);
            found.Sort(StringComparer.Ordinal);
        }

        for (var i = 0; i < Math.Max(causes.Count, found.Count); i++)
        {
            var expected = i < causes.Count ? causes[i] : "(none)";
            var actual = i < found.Count ? found[i] : "(none)";
            if (expected != actual)
            {
                yield return $"causes[{i}]: recorded {expected}, answered {actual}";
            }
        }
    }

    // The list of errors in the message is made of the causes, which are compared one by one.
    private static bool SameMessage(string recorded, string answered, int code, bool isUnordered) =>
        code == Invalid ? Head(recorded) == Head(answered)
        : isUnordered ? Parts(recorded) == Parts(answered)
        : Cut(recorded, GoType) == Cut(answered, GoType);

    private static string Head(string message) => Cut(message, " is invalid: ");

    private static string Parts(string message)
    {
        var start = message.IndexOf('[', StringComparison.Ordinal);
        return start < 0 || message[^1] != ']'
            ? message
            : message[..start] + string.Join(", ", message[(start + 1)..^1].Split(", ").Order(StringComparer.Ordinal));
    }

    private static string Cut(string text, string at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? text : text[..index];
    }

    private static string Cause(string reason, string field, string message) => $"{field}|{reason}|{WithoutGoValue(message)}";

    private static string WithoutGoValue(string message)
    {
        var line = Cut(message, UnstableText);
        if (line.Length == message.Length)
        {
            line = Cut(message, "\n");
        }

        line = line.TrimEnd('\n');
        foreach (var head in (ReadOnlySpan<string>)["Invalid value: ", "Duplicate value: ", "Unsupported value: "])
        {
            if (line.StartsWith(head, StringComparison.Ordinal))
            {
                return head + SkipValue(line[head.Length..]);
            }
        }

        return line;
    }

    private static string SkipValue(string rest)
    {
        if (rest.Length > 0 && (rest[0] == '"' || rest[0] == '-' || char.IsAsciiDigit(rest[0]) || rest.StartsWith("true", StringComparison.Ordinal)
            || rest.StartsWith("false", StringComparison.Ordinal) || rest.StartsWith("null", StringComparison.Ordinal)))
        {
            return rest;
        }

        var supported = rest.IndexOf(": supported values: ", StringComparison.Ordinal);
        var end = supported >= 0 ? supported : LastDetail(rest);
        return end < 0 ? "(value)" : "(value)" + rest[end..];
    }

    // A detail may itself hold ": ", so what follows the value's last closing brace counts where there is one.
    private static int LastDetail(string rest)
    {
        var brace = rest.LastIndexOf("}: ", StringComparison.Ordinal);
        return brace >= 0 ? brace + 1 : rest.LastIndexOf(": ", StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
