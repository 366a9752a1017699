using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace K124.Sim.Text;

/// <summary>Reads one JSON document and words its first syntax error as Go's decoder does.</summary>
internal ref struct GoJsonParser(ReadOnlySpan<byte> text)
{
    private const int MaxDepth = 10_000;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private string? _error;

    public string? Parse(out JsonNode? node)
    {
        node = Value(0);
        if (_error is null)
        {
            SkipSpace();
            if (_at < _text.Length)
            {
                Fail("after top-level value");
            }
        }

        if (_error is not null)
        {
            node = null;
        }

        return _error;
    }

    private JsonNode? Value(int depth)
    {
        SkipSpace();
        if (_at >= _text.Length)
        {
            return FailAtEnd();
        }

        switch (_text[_at])
        {
            case (byte)'{': return Object(depth + 1);
            case (byte)'[': return Array(depth + 1);
            case (byte)'"': return String() is { } value ? JsonValue.Create(value) : null;
            case (byte)'t': return Literal("true") ? JsonValue.Create(true) : null;
            case (byte)'f': return Literal("false") ? JsonValue.Create(false) : null;
            case (byte)'n': Literal("null"); return null;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'): return Number();
            default: return Fail("looking for beginning of value");
        }
    }

    private JsonObject? Object(int depth)
    {
        if (TooDeep(depth))
        {
            return null;
        }

        var result = new JsonObject();
        _at++;
        SkipSpace();
        if (Take('}'))
        {
            return result;
        }

        while (true)
        {
            SkipSpace();
            if (!Peek('"'))
            {
                FailHere("looking for beginning of object key string");
                return null;
            }

            var key = String();
            SkipSpace();
            if (key is null || !Take(':'))
            {
                FailHere("after object key");
                return null;
            }

            var value = Value(depth);
            if (_error is not null)
            {
                return null;
            }

            result[key] = value;
            SkipSpace();
            if (Take('}'))
            {
                return result;
            }

            if (!Take(','))
            {
                FailHere("after object key:value pair");
                return null;
            }
        }
    }

    private JsonArray? Array(int depth)
    {
        if (TooDeep(depth))
        {
            return null;
        }

        var result = new JsonArray();
        _at++;
        SkipSpace();
        if (Take(']'))
        {
            return result;
        }

        while (true)
        {
            var value = Value(depth);
            if (_error is not null)
            {
                return null;
            }

            result.Add(value);
            SkipSpace();
            if (Take(']'))
            {
                return result;
            }

            if (!Take(','))
            {
                FailHere("after array element");
                return null;
            }
        }
    }

    private string? String()
    {
        _at++;
        var start = _at;
        while (_at < _text.Length && _text[_at] is not (byte)'"' and not (byte)'\\' and >= 0x20)
        {
            _at++;
        }

        if (Peek('"'))
        {
            return Encoding.UTF8.GetString(_text[start.._at++]);
        }

        return EscapedString(start);
    }

    private string? EscapedString(int start)
    {
        var result = new StringBuilder(Encoding.UTF8.GetString(_text[start.._at]));
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '"')
            {
                _at++;
                return result.ToString();
            }

            if (c < 0x20)
            {
                Fail("in string literal");
                return null;
            }

            if (c == '\\')
            {
                if (!Escape(result))
                {
                    return null;
                }

                continue;
            }

            var from = _at;
            while (_at < _text.Length && _text[_at] is not (byte)'"' and not (byte)'\\' and >= 0x20)
            {
                _at++;
            }

            result.Append(Encoding.UTF8.GetString(_text[from.._at]));
        }

        FailAtEnd();
        return null;
    }

    private bool Escape(StringBuilder result)
    {
        _at++;
        if (_at >= _text.Length)
        {
            FailAtEnd();
            return false;
        }

        switch (_text[_at])
        {
            case (byte)'b': result.Append('\b'); break;
            case (byte)'f': result.Append('\f'); break;
            case (byte)'n': result.Append('\n'); break;
            case (byte)'r': result.Append('\r'); break;
            case (byte)'t': result.Append('\t'); break;
            case (byte)'"' or (byte)'\\' or (byte)'/': result.Append((char)_text[_at]); break;
            case (byte)'u': return UnicodeEscape(result);
            default: Fail("in string escape code"); return false;
        }

        _at++;
        return true;
    }

    private bool UnicodeEscape(StringBuilder result)
    {
        if (HexDigits() is not { } first)
        {
            return false;
        }

        var c = (char)first;
        if (!char.IsSurrogate(c))
        {
            result.Append(c);
            return true;
        }

        if (char.IsHighSurrogate(c) && _at + 1 < _text.Length && _text[_at] == '\\' && _text[_at + 1] == 'u')
        {
            var back = _at++;
            if (HexDigits() is not { } second)
            {
                return false;
            }

            if (char.IsLowSurrogate((char)second))
            {
                result.Append(c).Append((char)second);
                return true;
            }

            _at = back;
        }

        result.Append('\ufffd');
        return true;
    }

    // Stands on the "u"; leaves behind the four digits.
    private int? HexDigits()
    {
        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            _at++;
            if (_at >= _text.Length)
            {
                FailAtEnd();
                return null;
            }

            var digit = (char)_text[_at];
            if (!char.IsAsciiHexDigit(digit))
            {
                Fail("in \\u hexadecimal character escape");
                return null;
            }

            value = (value << 4) | int.Parse([digit], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        _at++;
        return value;
    }

    private JsonValue? Number()
    {
        var start = _at;
        if (Take('-') && !IsDigit())
        {
            FailHere("in numeric literal");
            return null;
        }

        if (!Take('0'))
        {
            SkipDigits();
        }

        var whole = true;
        if (Take('.'))
        {
            whole = false;
            if (!IsDigit())
            {
                FailHere("after decimal point in numeric literal");
                return null;
            }

            SkipDigits();
        }

        if (Take('e') || Take('E'))
        {
            whole = false;
            if (!Take('+'))
            {
                Take('-');
            }

            if (!IsDigit())
            {
                FailHere("in exponent of numeric literal");
                return null;
            }

            SkipDigits();
        }

        var digits = _text[start.._at];
        return whole && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            ? JsonValue.Create(integer)
            : JsonValue.Create(double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private bool Literal(string word)
    {
        foreach (var expected in word)
        {
            if (_at >= _text.Length)
            {
                FailAtEnd();
                return false;
            }

            if (_text[_at] != expected)
            {
                Fail($"in literal {word} (expecting '{expected}')");
                return false;
            }

            _at++;
        }

        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }
    }

    private void SkipDigits()
    {
        while (IsDigit())
        {
            _at++;
        }
    }

    private readonly bool IsDigit() => _at < _text.Length && _text[_at] is >= (byte)'0' and <= (byte)'9';

    private readonly bool Peek(char c) => _at < _text.Length && _text[_at] == c;

    private bool Take(char c)
    {
        if (!Peek(c))
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool TooDeep(int depth)
    {
        // A thread with a small stack cannot go as deep as Go can; it answers what Go answers one level past its own limit.
        if (depth <= MaxDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return false;
        }

        _error ??= "exceeded max depth";
        return true;
    }

    private void FailHere(string context)
    {
        if (_at >= _text.Length)
        {
            FailAtEnd();
        }
        else
        {
            Fail(context);
        }
    }

    private JsonNode? FailAtEnd()
    {
        _error ??= "unexpected end of JSON input";
        return null;
    }

    private JsonNode? Fail(string context)
    {
        var quoted = (char)_text[_at] switch
        {
            '\'' => "'\\''",
            '"' => "'\"'",
            var c => $"'{GoText.Quote(c.ToString())[1..^1]}'",
        };
        _error ??= $"invalid character {quoted} {context}";
        return null;
    }
}
