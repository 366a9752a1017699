using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace K124.Sim.Text;

/// <summary>JSON trees as Go reads, writes, compares and prints them.</summary>
internal static class GoJson
{
    /// <summary>Reads a document as Go's decoder does: last of several equal keys wins, invalid UTF-8 is replaced.</summary>
    /// <param name="text">The document as UTF-8.</param>
    /// <param name="node">The tree; null for the JSON <c>null</c>.</param>
    /// <returns>Go's text of the syntax error; null if there is none.</returns>
    public static string? TryParse(ReadOnlySpan<byte> text, out JsonNode? node)
    {
        var parser = new GoJsonParser(text);
        return parser.Parse(out node);
    }

    /// <summary>The fault of a text; null if it is JSON.</summary>
    public static string? Fault(ReadOnlySpan<byte> text) => TryParse(text, out _);

    /// <summary>The word that Go's decoder has for the form of a value, as in <c>json: cannot unmarshal array</c>.</summary>
    public static string KindWord(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        _ => "bool",
    };

    /// <summary>Writes a tree in its own order of keys, with the characters escaped that Go escapes.</summary>
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        GoJsonWriter.Append(text, node, sorted: false);
        return text.ToString();
    }

    /// <summary>Writes a tree with sorted keys, as Go writes maps.</summary>
    public static string WriteSorted(JsonNode? node)
    {
        var text = new StringBuilder();
        GoJsonWriter.Append(text, node, sorted: true);
        return text.ToString();
    }

    /// <summary>A tree as Go's <c>%v</c> prints maps and lists, for example <c>map[spec:map[replicas:1]]</c>.</summary>
    public static string Print(JsonNode? node)
    {
        var text = new StringBuilder();
        GoJsonWriter.AppendPrinted(text, node);
        return text.ToString();
    }

    /// <summary>Whether two trees hold the same value; a number is compared by value, the order of keys does not count.</summary>
    public static bool AreEqual(JsonNode? left, JsonNode? right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        return (left, right) switch
        {
            (JsonObject a, JsonObject b) => ObjectsAreEqual(a, b),
            (JsonArray a, JsonArray b) => ArraysAreEqual(a, b),
            (JsonValue a, JsonValue b) => ScalarsAreEqual(a, b),
            (null, JsonValue b) => b.GetValueKind() == JsonValueKind.Null,
            (JsonValue a, null) => a.GetValueKind() == JsonValueKind.Null,
            _ => false,
        };
    }

    /// <summary>A number as an integer.</summary>
    /// <param name="value">The number.</param>
    /// <param name="result">Its value.</param>
    /// <returns>False if it is no number, has a fraction, or is too large.</returns>
    public static bool TryGetInteger(JsonValue value, out long result)
    {
        if (value.TryGetValue(out result))
        {
            return true;
        }

        if (value.TryGetValue(out int small))
        {
            result = small;
            return true;
        }

        return false;
    }

    /// <summary>A number as a floating-point number; 0 for what is no number.</summary>
    public static double ToDouble(JsonValue value)
    {
        if (TryGetInteger(value, out var whole))
        {
            return whole;
        }

        if (value.TryGetValue(out double number))
        {
            return number;
        }

        return value.TryGetValue(out decimal exact) ? (double)exact : 0;
    }

    /// <summary>A number as Go writes it into JSON.</summary>
    public static string Number(JsonValue value)
    {
        if (TryGetInteger(value, out var whole))
        {
            return whole.ToString(CultureInfo.InvariantCulture);
        }

        return Float(ToDouble(value));
    }

    private static string Float(double number)
    {
        var magnitude = Math.Abs(number);
        if (magnitude != 0 && (magnitude < 1e-6 || magnitude >= 1e21))
        {
            var text = number.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
            return text.Replace("e-0", "e-", StringComparison.Ordinal).Replace("e+0", "e+", StringComparison.Ordinal);
        }

        return number.ToString("0.#################", CultureInfo.InvariantCulture) is var plain && double.Parse(plain, CultureInfo.InvariantCulture).Equals(number)
            ? plain
            : number.ToString("R", CultureInfo.InvariantCulture);
    }

    private static bool ObjectsAreEqual(JsonObject left, JsonObject right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (var (key, value) in left)
        {
            if (!right.TryGetPropertyValue(key, out var other) || !AreEqual(value, other))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ArraysAreEqual(JsonArray left, JsonArray right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (!AreEqual(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ScalarsAreEqual(JsonValue left, JsonValue right)
    {
        var kind = left.GetValueKind();
        if (kind != right.GetValueKind())
        {
            return false;
        }

        return kind switch
        {
            JsonValueKind.String => string.Equals(left.GetValue<string>(), right.GetValue<string>(), StringComparison.Ordinal),
            JsonValueKind.Number => NumbersAreEqual(left, right),
            _ => true,
        };
    }

    private static bool NumbersAreEqual(JsonValue left, JsonValue right) =>
        TryGetInteger(left, out var a) && TryGetInteger(right, out var b) ? a == b : ToDouble(left).Equals(ToDouble(right));
}
