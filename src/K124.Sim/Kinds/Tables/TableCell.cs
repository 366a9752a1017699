using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace K124.Sim.Kinds.Tables;

/// <summary>The content of one cell: text, a number, a truth value, or nothing.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TableCell
{
    private readonly Content _content;
    private readonly string? _text;
    private readonly long _bits;

    private TableCell(Content content, string? text, long bits)
    {
        _content = content;
        _text = text;
        _bits = bits;
    }

    private enum Content
    {
        None,
        Text,
        Integer,
        Number,
        Boolean,
    }

    /// <summary>A cell without content.</summary>
    public static TableCell None => default;

    public static implicit operator TableCell(string text) => new(Content.Text, text, 0);

    public static implicit operator TableCell(long number) => new(Content.Integer, null, number);

    public static implicit operator TableCell(double number) => new(Content.Number, null, BitConverter.DoubleToInt64Bits(number));

    public static implicit operator TableCell(bool value) => new(Content.Boolean, null, value ? 1 : 0);

    /// <summary>Writes the content as a JSON value.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (_content)
        {
            case Content.Text: writer.WriteStringValue(_text); break;
            case Content.Integer: writer.WriteNumberValue(_bits); break;
            case Content.Number: writer.WriteNumberValue(BitConverter.Int64BitsToDouble(_bits)); break;
            case Content.Boolean: writer.WriteBooleanValue(_bits != 0); break;
            default: writer.WriteNullValue(); break;
        }
    }

    public override string ToString() => _content switch
    {
        Content.Text => _text!,
        Content.Integer => _bits.ToString(CultureInfo.InvariantCulture),
        Content.Number => BitConverter.Int64BitsToDouble(_bits).ToString(CultureInfo.InvariantCulture),
        Content.Boolean => _bits != 0 ? "true" : "false",
        _ => "",
    };
}
