using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Text;

namespace K124.Sim.Model.Selectors;

/// <summary>One checked requirement on labels, ready to be matched.</summary>
/// <remarks>Kubernetes 1.24 apimachinery/pkg/labels.</remarks>
internal sealed class LabelRequirement
{
    private readonly LabelOperator _operator;
    private readonly ImmutableArray<string> _values;
    private readonly long _operand;

    private LabelRequirement(string key, LabelOperator op, ImmutableArray<string> values)
    {
        Key = key;
        _operator = op;
        _values = values;
        _operand = op is LabelOperator.Gt or LabelOperator.Lt ? long.Parse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
    }

    public string Key { get; }

    /// <summary>The values of which a label must have one; empty if the requirement is of another kind.</summary>
    public ImmutableArray<string> AllowedValues => _operator == LabelOperator.In ? _values : [];

    /// <summary>The requirement that a label has one given value, unchecked: a value that no label can have matches none.</summary>
    public static LabelRequirement Equal(string key, string value) => new(key, LabelOperator.In, [value]);

    /// <summary>The checked requirement that a label has one given value.</summary>
    public static LabelRequirement? TryEqual(string key, string value, string path, ICollection<string> errors) =>
        TryCreate(key, LabelOperator.In, [value], path, errors);

    /// <summary>Checks a requirement; what is wrong is added to the errors, each with its field path.</summary>
    public static LabelRequirement? TryCreate(string key, LabelOperator op, ImmutableArray<string> values, string path, ICollection<string> errors)
    {
        var before = errors.Count;
        var keyErrors = string.Join("; ", NameRules.QualifiedName(key));
        if (keyErrors.Length > 0)
        {
            errors.Add($"{path}key: Invalid value: \"{key}\": {keyErrors}");
        }

        CheckValueCount(op, values, path, errors);
        for (var i = 0; i < values.Length; i++)
        {
            var valueErrors = string.Join("; ", NameRules.LabelValue(values[i]));
            if (valueErrors.Length > 0)
            {
                errors.Add($"{path}values[{i}][{key}]: Invalid value: \"{values[i]}\": {valueErrors}");
            }
        }

        return errors.Count == before ? new(key, op, values) : null;
    }

    public bool Matches(StringMap<string> labels)
    {
        var isPresent = labels.TryGetValue(Key, out var value);
        return _operator switch
        {
            LabelOperator.In => isPresent && _values.Contains(value!, StringComparer.Ordinal),
            LabelOperator.NotIn => !isPresent || !_values.Contains(value!, StringComparer.Ordinal),
            LabelOperator.Exists => isPresent,
            LabelOperator.DoesNotExist => !isPresent,
            LabelOperator.Gt => isPresent && TryParseInteger(value!, out var number) && number > _operand,
            LabelOperator.Lt => isPresent && TryParseInteger(value!, out var number) && number < _operand,
            _ => throw new InvalidOperationException($"Unknown label operator {_operator}."),
        };
    }

    private static void CheckValueCount(LabelOperator op, ImmutableArray<string> values, string path, ICollection<string> errors)
    {
        var found = $"[{string.Join(", ", values.Select(value => $"\"{value}\""))}]";
        switch (op)
        {
            case LabelOperator.In or LabelOperator.NotIn when values.IsEmpty:
                errors.Add($"{path}values: Invalid value: {found}: for 'in', 'notin' operators, values set can't be empty");
                break;
            case LabelOperator.Exists or LabelOperator.DoesNotExist when !values.IsEmpty:
                errors.Add($"{path}values: Invalid value: {found}: values set must be empty for exists and does not exist");
                break;
            case LabelOperator.Gt or LabelOperator.Lt:
                if (values.Length != 1)
                {
                    errors.Add($"{path}values: Invalid value: {found}: for 'Gt', 'Lt' operators, exactly one value is required");
                }

                for (var i = 0; i < values.Length; i++)
                {
                    if (!TryParseInteger(values[i], out _))
                    {
                        errors.Add($"{path}values[{i}]: Invalid value: \"{values[i]}\": for 'Gt', 'Lt' operators, the value must be an integer");
                    }
                }

                break;
        }
    }

    private static bool TryParseInteger(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
