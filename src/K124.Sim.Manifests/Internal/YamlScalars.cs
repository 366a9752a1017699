using System.Globalization;
using System.Numerics;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace K124.Sim.Manifests.Internal;

/// <summary>What a YAML scalar means, by the rules that kubectl follows (YAML 1.1 as in go-yaml v2).</summary>
internal static class YamlScalars
{
    public const string NullKey = "a key must not be null";

    private const string TagPrefix = "tag:yaml.org,2002:";

    private enum Meaning
    {
        Text,
        Null,
        True,
        False,
        Integer,
        Real,
    }

    public static bool IsMerge(Scalar scalar) => scalar is { Value: "<<", Style: ScalarStyle.Plain, IsPlainImplicit: true };

    public static bool IsNull(Scalar scalar) => Resolve(scalar, out _, out _) == Meaning.Null;

    public static void Write(Utf8JsonWriter writer, Scalar scalar)
    {
        switch (Resolve(scalar, out var integer, out var real))
        {
            case Meaning.Null:
                writer.WriteNullValue();
                break;
            case Meaning.True:
                writer.WriteBooleanValue(true);
                break;
            case Meaning.False:
                writer.WriteBooleanValue(false);
                break;
            case Meaning.Integer:
                writer.WriteRawValue(integer.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case Meaning.Real when double.IsFinite(real):
                writer.WriteNumberValue(real);
                break;
            case Meaning.Real:
                throw new YamlException(scalar.Start, scalar.End, $"'{scalar.Value}' has no counterpart in JSON");
            default:
                writer.WriteStringValue(Text(scalar));
                break;
        }
    }

    /// <summary>The JSON name that a mapping key becomes.</summary>
    public static string Key(Scalar scalar) => Resolve(scalar, out var integer, out var real) switch
    {
        Meaning.Null => throw new YamlException(scalar.Start, scalar.End, NullKey),
        Meaning.True => "true",
        Meaning.False => "false",
        Meaning.Integer => integer.ToString(CultureInfo.InvariantCulture),
        Meaning.Real => real.ToString("R", CultureInfo.InvariantCulture),
        _ => Text(scalar),
    };

    private static string Text(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific || scalar.Tag.Value != TagPrefix + "binary")
        {
            return scalar.Value;
        }

        try
        {
            return System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(scalar.Value));
        }
        catch (FormatException exception)
        {
            throw new YamlException(scalar.Start, scalar.End, "!!binary value contains invalid base64 data", exception);
        }
    }

    private static Meaning Resolve(Scalar scalar, out BigInteger integer, out double real)
    {
        integer = default;
        real = default;
        if (scalar.Tag.IsEmpty)
        {
            return scalar.Style == ScalarStyle.Plain ? Resolve(scalar.Value, out integer, out real) : Meaning.Text;
        }

        var tag = scalar.Tag.IsNonSpecific ? "!" : scalar.Tag.Value;
        if (tag is "!" or TagPrefix + "str" or TagPrefix + "binary")
        {
            return Meaning.Text;
        }

        var meaning = Resolve(scalar.Value, out integer, out real);
        var isRight = tag switch
        {
            TagPrefix + "int" => meaning == Meaning.Integer,
            TagPrefix + "float" => meaning is Meaning.Real or Meaning.Integer,
            TagPrefix + "bool" => meaning is Meaning.True or Meaning.False,
            TagPrefix + "null" => meaning == Meaning.Null,
            _ => throw new YamlException(scalar.Start, scalar.End, $"the tag '{tag}' is not supported"),
        };
        return isRight ? meaning : throw new YamlException(scalar.Start, scalar.End, $"'{scalar.Value}' does not fit its tag '{tag}'");
    }

    private static Meaning Resolve(string text, out BigInteger integer, out double real)
    {
        integer = default;
        real = default;
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return Meaning.Null;
            case "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y":
                return Meaning.True;
            case "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "n" or "N":
                return Meaning.False;
            case ".nan" or ".NaN" or ".NAN":
                real = double.NaN;
                return Meaning.Real;
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                real = double.PositiveInfinity;
                return Meaning.Real;
            case "-.inf" or "-.Inf" or "-.INF":
                real = double.NegativeInfinity;
                return Meaning.Real;
        }

        if (!char.IsAsciiDigit(text[0]) && text[0] is not ('+' or '-' or '.'))
        {
            return Meaning.Text;
        }

        var plain = text.Replace("_", "", StringComparison.Ordinal);
        return TryInteger(plain, out integer) ? Meaning.Integer : TryReal(plain, out real) ? Meaning.Real : Meaning.Text;
    }

    private static bool TryInteger(string text, out BigInteger value)
    {
        var digits = text.AsSpan();
        var isNegative = digits.StartsWith("-");
        if (isNegative || digits.StartsWith("+"))
        {
            digits = digits[1..];
        }

        value = default;
        var radix = digits switch
        {
            ['0', 'x' or 'X', ..] => 16,
            ['0', 'o' or 'O', ..] or ['0', _, ..] and not ['0', 'b' or 'B', ..] => 8,
            ['0', 'b' or 'B', ..] => 2,
            _ => 10,
        };
        if (radix != 10)
        {
            digits = digits[(char.IsAsciiLetter(digits[1]) ? 2 : 1)..];
        }

        if (digits.IsEmpty)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit) || HexValue(digit) >= radix)
            {
                return false;
            }

            value = (value * radix) + HexValue(digit);
            if (value > ulong.MaxValue)
            {
                return false;
            }
        }

        value = isNegative ? -value : value;
        return value >= long.MinValue;
    }

    private static int HexValue(char digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    /// <summary>Reads [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?.</summary>
    private static bool TryReal(string text, out double value)
    {
        value = default;
        var rest = text.AsSpan();
        rest = rest[(rest[0] is '+' or '-' ? 1 : 0)..];
        var whole = Digits(rest);
        rest = rest[whole..];
        var fraction = 0;
        if (rest is ['.', ..])
        {
            fraction = Digits(rest[1..]);
            rest = rest[(1 + fraction)..];
        }

        if (whole + fraction == 0)
        {
            return false;
        }

        if (rest is ['e' or 'E', ..])
        {
            rest = rest[1..];
            rest = rest[(rest is ['+' or '-', ..] ? 1 : 0)..];
            var exponent = Digits(rest);
            if (exponent == 0)
            {
                return false;
            }

            rest = rest[exponent..];
        }

        return rest.IsEmpty && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    private static int Digits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var length ? length : text.Length;
}
