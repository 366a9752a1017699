using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Reads label selectors, and tells of errors in 1.24's words.</summary>
/// <remarks>Kubernetes 1.24 apimachinery/pkg/labels.</remarks>
internal sealed class LabelSelectorParser
{
    private const string Special = "=!(),><";
    private const string End = "";
    private const string Operators = "in, notin, =, ==, !=, gt, lt";

    private static readonly string[] SpecialTokens = ["=", "==", "!=", "!", "(", ")", ",", ">", "<"];

    private readonly List<string> _tokens = [];
    private int _next;

    public LabelSelectorParser(string text) => Scan(text);

    private string Current => _next < _tokens.Count ? _tokens[_next] : End;

    private bool IsIdentifier => Current.Length > 0 && !Special.Contains(Current[0], StringComparison.Ordinal);

    /// <summary>Reads all requirements.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    public string? Parse(out ImmutableArray<LabelRequirement> requirements)
    {
        requirements = [];
        var all = ImmutableArray.CreateBuilder<LabelRequirement>();
        while (true)
        {
            if (Current == End)
            {
                break;
            }

            if (!IsIdentifier && Current != "!")
            {
                return $"found '{Current}', expected: !, identifier, or 'end of string'";
            }

            if (ParseOne(out var requirement) is { } error)
            {
                return $"unable to parse requirement: {error}";
            }

            all.Add(requirement!);
            var separator = Take();
            if (separator == End)
            {
                break;
            }

            if (separator != ",")
            {
                return $"found '{separator}', expected: ',' or 'end of string'";
            }

            if (!IsIdentifier && Current != "!")
            {
                return $"found '{Current}', expected: identifier after ','";
            }
        }

        requirements = [.. all.OrderBy(requirement => requirement.Key, StringComparer.Ordinal)];
        return null;
    }

    private string? ParseOne(out LabelRequirement? requirement)
    {
        requirement = null;
        var isNegated = Current == "!";
        if (isNegated)
        {
            Take();
        }

        if (!IsIdentifier)
        {
            return $"found '{Current}', expected: identifier";
        }

        var key = Take();
        if (Invalid(key, NameRules.QualifiedName(key)) is { } badKey)
        {
            return badKey;
        }

        if (isNegated || Current is End or ",")
        {
            requirement = new(key, isNegated ? LabelOperator.DoesNotExist : LabelOperator.Exists, []);
            return null;
        }

        var word = Take();
        var values = new List<string>();
        LabelOperator? known = word switch
        {
            "in" or "=" or "==" => LabelOperator.In,
            "notin" or "!=" => LabelOperator.NotIn,
            ">" => LabelOperator.GreaterThan,
            "<" => LabelOperator.LessThan,
            _ => null,
        };
        if (known is not { } relation)
        {
            return $"found '{word}', expected: {Operators}";
        }

        var error = word is "in" or "notin" ? ParseValues(values) : ParseValue(values);
        error ??= Check(relation, values);
        requirement = new(key, relation, [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        return error;
    }

    private string? ParseValue(List<string> values)
    {
        if (Current is End or ",")
        {
            values.Add("");
            return null;
        }

        if (!IsIdentifier)
        {
            return $"found '{Current}', expected: identifier";
        }

        values.Add(Take());
        return null;
    }

    private string? ParseValues(List<string> values)
    {
        if (Current != "(")
        {
            return $"found '{Current}' expected: '('";
        }

        Take();
        if (Current == ")")
        {
            Take();
            return null;
        }

        if (!IsIdentifier && Current != ",")
        {
            return $"found '{Current}', expected: ',', ')' or identifier";
        }

        return ParseList(values) ?? (Take() == ")" ? null : $"found '{Current}', expected: ')'");
    }

    private string? ParseList(List<string> values)
    {
        while (true)
        {
            if (IsIdentifier)
            {
                values.Add(Take());
                if (Current == ")")
                {
                    return null;
                }

                if (Current != ",")
                {
                    return $"found '{Current}', expected: ',' or ')'";
                }
            }
            else if (Current == ",")
            {
                Take();
                if (values.Count == 0)
                {
                    values.Add("");
                }

                if (Current == ")")
                {
                    values.Add("");
                    return null;
                }

                if (Current == ",")
                {
                    Take();
                    values.Add("");
                }
            }
            else
            {
                return $"found '{Current}', expected: ',', or identifier";
            }
        }
    }

    private static string? Check(LabelOperator relation, List<string> values)
    {
        if (relation is LabelOperator.In or LabelOperator.NotIn && values.Count == 0)
        {
            return "values: Invalid value: []string{}: for 'in', 'notin' operators, values set can't be empty";
        }

        if (relation is LabelOperator.GreaterThan or LabelOperator.LessThan
            && !long.TryParse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            return $"values[0]: Invalid value: {GoText.Quote(values[0])}: for 'Gt', 'Lt' operators, the value must be an integer";
        }

        return values.Select(value => Invalid(value, NameRules.LabelValue(value))).FirstOrDefault(error => error is not null);
    }

    private static string? Invalid(string value, string[] errors) =>
        errors.Length == 0 ? null : $"<nil>: Invalid value: {GoText.Quote(value)}: {string.Join("; ", errors)}";

    private string Take()
    {
        var token = Current;
        _next++;
        return token;
    }

    private void Scan(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            if (Special.Contains(text[i], StringComparison.Ordinal))
            {
                var length = i + 1 < text.Length && SpecialTokens.Contains(text.Substring(i, 2)) ? 2 : 1;
                i += length;
            }
            else
            {
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && !Special.Contains(text[i], StringComparison.Ordinal))
                {
                    i++;
                }
            }

            _tokens.Add(text[start..i]);
        }
    }
}
