using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Reads the text of a <see cref="JsonPath"/>.</summary>
internal ref struct JsonPathParser
{
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "<", ">"];

    private ReadOnlySpan<char> _rest;

    private JsonPathParser(ReadOnlySpan<char> text) => _rest = text;

    /// <summary>The steps of a path; null if it is malformed.</summary>
    public static ImmutableArray<JsonPathStep>? TryParse(ReadOnlySpan<char> text)
    {
        var parser = new JsonPathParser(text.Trim());
        return parser.Steps() is { } steps && parser._rest.IsEmpty ? steps : null;
    }

    private ImmutableArray<JsonPathStep>? Steps()
    {
        var steps = ImmutableArray.CreateBuilder<JsonPathStep>();
        while (!_rest.IsEmpty)
        {
            if (Take(".."))
            {
                steps.Add(new JsonPathStep.Descent());
                if (!_rest.IsEmpty && _rest[0] != '[')
                {
                    steps.Add(Name());
                }
            }
            else if (Take("["))
            {
                if (Bracket() is not { } step)
                {
                    return null;
                }

                steps.Add(step);
            }
            else if (Take("."))
            {
                if (!_rest.IsEmpty && _rest[0] != '[')
                {
                    steps.Add(Name());
                }
            }
            else if (_rest[0] is '$' or '@' && steps.Count == 0)
            {
                _rest = _rest[1..];
            }
            else if (steps.Count == 0)
            {
                steps.Add(Name());
            }
            else
            {
                return null;
            }
        }

        return steps.ToImmutable();
    }

    private JsonPathStep Name()
    {
        var name = new StringBuilder();
        while (!_rest.IsEmpty && _rest[0] is not ('.' or '['))
        {
            if (_rest[0] == '\\' && _rest.Length > 1)
            {
                _rest = _rest[1..];
            }

            name.Append(_rest[0]);
            _rest = _rest[1..];
        }

        var text = name.ToString();
        return text == "*" ? new JsonPathStep.Wildcard() : new JsonPathStep.Member(text);
    }

    private JsonPathStep? Bracket()
    {
        if (EndOfBracket() is not { } end)
        {
            return null;
        }

        var inner = _rest[..end].Trim();
        _rest = _rest[(end + 1)..];
        if (inner.StartsWith("?(") && inner.EndsWith(")"))
        {
            return Filter(inner[2..^1]);
        }

        var parts = ImmutableArray.CreateBuilder<JsonPathStep>();
        foreach (var index in inner.ToString().Split(','))
        {
            if (Index(index.AsSpan().Trim()) is not { } step)
            {
                return null;
            }

            parts.Add(step);
        }

        return parts.Count == 1 ? parts[0] : new JsonPathStep.Union(parts.ToImmutable());
    }

    /// <summary>Position of the bracket that closes the open one, quotes and inner brackets passed over.</summary>
    private readonly int? EndOfBracket()
    {
        var depth = 1;
        var quote = '\0';
        for (var i = 0; i < _rest.Length; i++)
        {
            var character = _rest[i];
            if (quote != '\0')
            {
                quote = character == quote ? '\0' : quote;
            }
            else if (character is '"' or '\'')
            {
                quote = character;
            }
            else if (character == '[')
            {
                depth++;
            }
            else if (character == ']' && --depth == 0)
            {
                return i;
            }
        }

        return null;
    }

    private static JsonPathStep? Index(ReadOnlySpan<char> text)
    {
        if (text is "*")
        {
            return new JsonPathStep.Wildcard();
        }

        if (text.Length > 1 && text[0] is '\'' or '"' && text[^1] == text[0])
        {
            return new JsonPathStep.Member(text[1..^1].ToString());
        }

        if (!text.Contains(':'))
        {
            return Number(text) is { } index ? new JsonPathStep.Element(index) : null;
        }

        var bounds = text.ToString().Split(':');
        var by = bounds.Length > 2 && bounds[2].Length > 0 ? Number(bounds[2]) : 1;
        return by > 0 ? new JsonPathStep.Slice(Number(bounds[0]), Number(bounds[1]), by.Value) : null;
    }

    private static int? Number(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static JsonPathStep.Filter? Filter(ReadOnlySpan<char> text)
    {
        foreach (var symbol in Operators)
        {
            var at = text.IndexOf(symbol);
            if (at >= 0)
            {
                return JsonPath.TryParse(text[..at].Trim().ToString()) is { } left && Literal(text[(at + symbol.Length)..].Trim()) is { } right
                    ? new(left, symbol, right)
                    : null;
            }
        }

        return JsonPath.TryParse(text.Trim().ToString()) is { } path ? new(path, null, null) : null;
    }

    private static JsonNode? Literal(ReadOnlySpan<char> text)
    {
        if (text.Length > 1 && text[0] is '"' or '\'' && text[^1] == text[0])
        {
            return JsonValue.Create(text[1..^1].ToString());
        }

        return text is "true" ? JsonValue.Create(true)
            : text is "false" ? JsonValue.Create(false)
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
            : null;
    }

    private bool Take(string prefix)
    {
        if (!_rest.StartsWith(prefix))
        {
            return false;
        }

        _rest = _rest[prefix.Length..];
        return true;
    }
}
