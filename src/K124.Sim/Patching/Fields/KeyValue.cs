using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Patching.Fields;

/// <summary>A scalar that identifies an element of a list. Numbers come first, then strings, then booleans, then null.</summary>
/// <param name="Rank">Place of its form in the order.</param>
/// <param name="Number">Value of a number; 1 for true.</param>
/// <param name="Text">Value of a string.</param>
internal readonly record struct KeyValue(int Rank, double Number, string Text) : IComparable<KeyValue>
{
    private const int NumberRank = 0;
    private const int StringRank = 1;
    private const int BooleanRank = 2;
    private const int NullRank = 3;

    /// <summary>The scalar of a node; an object or a list counts as null.</summary>
    public static KeyValue Of(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Number => new(NumberRank, GoJson.ToDouble(node.AsValue()), GoJson.Number(node.AsValue())),
        JsonValueKind.String => new(StringRank, 0, node.GetValue<string>()),
        JsonValueKind.True => new(BooleanRank, 1, ""),
        JsonValueKind.False => new(BooleanRank, 0, ""),
        _ => new(NullRank, 0, ""),
    };

    /// <inheritdoc/>
    public int CompareTo(KeyValue other)
    {
        if (Rank != other.Rank)
        {
            return Rank.CompareTo(other.Rank);
        }

        return Rank == StringRank ? string.CompareOrdinal(Text, other.Text) : Number.CompareTo(other.Number);
    }

    /// <summary>Writes the scalar as JSON.</summary>
    public void AppendJson(StringBuilder text)
    {
        if (Rank == StringRank)
        {
            AppendQuotedJson(text, Text);
        }
        else
        {
            text.Append(Plain);
        }
    }

    /// <summary>The scalar as error texts show it.</summary>
    public override string ToString() => Rank == StringRank ? GoText.Quote(Text) : Plain;

    private string Plain => Rank switch
    {
        NumberRank => Text,
        BooleanRank => Number > 0 ? "true" : "false",
        _ => "null",
    };

    // Sets are written without the escapes for HTML that other documents have.
    private static void AppendQuotedJson(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\': text.Append('\\').Append(c); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case < ' ': text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: text.Append(c); break;
            }
        }

        text.Append('"');
    }
}
