using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using K124.Sim.Api;

namespace K124.Sim.Conformance.Platform;

/// <summary>Compares refusals of the API server with recorded ones, whose texts may hold placeholders.</summary>
internal static partial class RecordedRefusal
{
    private const int MatchMilliseconds = 1000;

    /// <summary>A refusal in the form of the recordings; its texts become the recorded ones where those fit.</summary>
    public static JsonObject Node(ApiStatus status, JsonElement recorded)
    {
        var recordedMessage = recorded.ValueKind == JsonValueKind.Object ? recorded.Text("message") : "";
        var node = new JsonObject
        {
            ["code"] = status.Code,
            ["reason"] = status.Reason,
            ["message"] = Fitted(recordedMessage, status.Message),
            ["retryAfterSeconds"] = status.Details?.RetryAfterSeconds,
        };
        var causes = status.Details?.Causes ?? [];
        JsonElement[] recordedCauses = recorded.ValueKind == JsonValueKind.Object ? [.. recorded.Items("causes")] : [];
        node["causes"] = CaseJson.Nodes(causes.Select((cause, index) => (JsonNode)new JsonObject
        {
            ["reason"] = cause.Reason,
            ["message"] = index < recordedCauses.Length ? Fitted(recordedCauses[index].Text("message"), cause.Message) : cause.Message,
            ["field"] = cause.Field,
        }));
        return node;
    }

    /// <summary>The recorded text if it fits: a placeholder stands for anything, a letter in the place of a version for its number.</summary>
    public static string Fitted(string recorded, string answered)
    {
        var numbers = Version().Replace(answered, "#");
        if (Version().Replace(recorded, "#") == numbers)
        {
            return recorded;
        }

        var pattern = string.Join(".*?", Placeholder().Split(recorded).Select(Regex.Escape));
        return Regex.IsMatch(answered, $@"\A{pattern}\z", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking) ? recorded : answered;
    }

    [GeneratedRegex("<(value dump|scheme|bytes|address)>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(?<=resource version: |current: |\()([0-9]+|[A-Z]+)(?=[,) ]|\z)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex Version();
}
