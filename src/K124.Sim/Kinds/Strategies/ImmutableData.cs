using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Strategies;

/// <summary>What ConfigMaps and Secrets share: a limit of size, and data that may not change once it was declared so.</summary>
internal static class ImmutableData
{
    /// <summary>Most bytes that the values of one object may have.</summary>
    public const int MostBytes = 1024 * 1024;

    private const string Text = "field is immutable when `immutable` is set";

    /// <summary>How many bytes a base64 value stands for.</summary>
    public static long ByteCount(JsonNode? value)
    {
        var text = JsonTree.AsText(value) ?? "";
        var padding = text.EndsWith("==", StringComparison.Ordinal) ? 2 : text.EndsWith('=') ? 1 : 0;
        return (text.Length / 4 * 3) - padding;
    }

    /// <summary>Refuses changes of immutable data.</summary>
    public static void Check(JsonObject tree, JsonObject old, FieldErrors errors, Func<string, bool> isSame, params ReadOnlySpan<string> members)
    {
        if (!old.Flag("immutable"))
        {
            return;
        }

        if (!tree.Flag("immutable"))
        {
            errors.Forbidden(FieldPath.Of("immutable"), Text);
        }

        foreach (var member in members)
        {
            if (!isSame(member))
            {
                errors.Forbidden(FieldPath.Of(member), Text);
            }
        }
    }
}
