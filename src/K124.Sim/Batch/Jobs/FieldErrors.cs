using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs;

/// <summary>Errors found so far.</summary>
internal sealed class FieldErrors
{
    private readonly List<FieldError> _errors = [];

    /// <summary>The errors, each once.</summary>
    public ImmutableArray<FieldError> ToImmutable() => [.. _errors.Distinct()];

    public void Required(string field, string detail = "") => _errors.Add(new(FieldErrorType.Required, field, null, detail));

    public void Invalid(string field, string value, string detail) => _errors.Add(new(FieldErrorType.Invalid, field, value, detail));

    public void Forbidden(string field, string detail) => _errors.Add(new(FieldErrorType.Forbidden, field, null, detail));

    public void Duplicate(string field, string value) => _errors.Add(new(FieldErrorType.Duplicate, field, value, ""));

    public void NotSupported(string field, string value, params ReadOnlySpan<string> supported) =>
        _errors.Add(new(FieldErrorType.NotSupported, field, value, "supported values: " + string.Join(", ", supported.ToArray().Select(GoText.Quote))));

    public void Immutable(string field, string value) => Invalid(field, value, "field is immutable");

    public void NotNegative(string field, long? value)
    {
        if (value < 0)
        {
            Invalid(field, value.Value.ToString(CultureInfo.InvariantCulture), "must be greater than or equal to 0");
        }
    }
}
