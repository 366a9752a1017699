using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Validation;

/// <summary>Errors found in an object so far, in the order in which they were found.</summary>
/// <param name="type">Type of the object, for the notation of its values; null if it is not known.</param>
internal sealed class FieldErrors(SchemaType? type = null)
{
    private const string Negative = "must be greater than or equal to 0";

    private readonly List<FieldError> _errors = [];

    /// <summary>The errors.</summary>
    public IReadOnlyList<FieldError> All => _errors;

    /// <summary>How many there are.</summary>
    public int Count => _errors.Count;

    /// <summary>The errors, each once.</summary>
    public ImmutableArray<FieldError> ToImmutable() => [.. _errors.Distinct()];

    /// <summary>Adds an error.</summary>
    public void Add(FieldError error) => _errors.Add(error);

    /// <summary>A value is missing.</summary>
    public void Required(FieldPath path, string detail = "") => _errors.Add(new(FieldErrorType.Required, path.ToString(), null, detail));

    /// <summary>A string is malformed.</summary>
    public void Invalid(FieldPath path, string value, string detail) =>
        _errors.Add(new(FieldErrorType.Invalid, path.ToString(), GoText.Quote(value), detail));

    /// <summary>A number is out of range.</summary>
    public void Invalid(FieldPath path, long value, string detail) =>
        _errors.Add(new(FieldErrorType.Invalid, path.ToString(), value.ToString(CultureInfo.InvariantCulture), detail));

    /// <summary>A value of any form is wrong.</summary>
    public void InvalidValue(FieldPath path, JsonNode? value, string detail) =>
        _errors.Add(new(FieldErrorType.Invalid, path.ToString(), Print(path, value), detail));

    /// <summary>A value that is printed already is wrong.</summary>
    public void InvalidPrinted(FieldPath path, string printed, string detail) =>
        _errors.Add(new(FieldErrorType.Invalid, path.ToString(), printed, detail));

    /// <summary>A string is wrong for several reasons.</summary>
    public void InvalidAll(FieldPath path, string value, string[] details)
    {
        foreach (var detail in details)
        {
            Invalid(path, value, detail);
        }
    }

    /// <summary>A value must not be there.</summary>
    public void Forbidden(FieldPath path, string detail) => _errors.Add(new(FieldErrorType.Forbidden, path.ToString(), null, detail));

    /// <summary>A value occurs twice.</summary>
    public void Duplicate(FieldPath path, string value) => _errors.Add(new(FieldErrorType.Duplicate, path.ToString(), GoText.Quote(value), ""));

    /// <summary>A value of any form occurs twice.</summary>
    public void DuplicateValue(FieldPath path, JsonNode? value, string detail = "") =>
        _errors.Add(new(FieldErrorType.Duplicate, path.ToString(), Print(path, value), detail));

    /// <summary>A value names something that is not there.</summary>
    public void NotFound(FieldPath path, string value) => _errors.Add(new(FieldErrorType.NotFound, path.ToString(), GoText.Quote(value), ""));

    /// <summary>A value is not one of those allowed.</summary>
    public void NotSupported(FieldPath path, string value, params ReadOnlySpan<string> supported) =>
        NotSupportedPrinted(path, GoText.Quote(value), supported);

    /// <summary>A value that is printed already is not one of those allowed.</summary>
    public void NotSupportedPrinted(FieldPath path, string printed, params ReadOnlySpan<string> supported)
    {
        var quoted = new string[supported.Length];
        for (var i = 0; i < quoted.Length; i++)
        {
            quoted[i] = GoText.Quote(supported[i]);
        }

        _errors.Add(new(FieldErrorType.NotSupported, path.ToString(), printed, quoted.Length == 0 ? "" : "supported values: " + string.Join(", ", quoted)));
    }

    /// <summary>A value is too long.</summary>
    public void TooLong(FieldPath path, int most) =>
        _errors.Add(new(FieldErrorType.TooLong, path.ToString(), null, string.Create(CultureInfo.InvariantCulture, $"must have at most {most} bytes")));

    /// <summary>A list has too many elements.</summary>
    public void TooMany(FieldPath path, int count, int most) => _errors.Add(new(
        FieldErrorType.TooMany, path.ToString(), count.ToString(CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"must have at most {most} items")));

    /// <summary>A value could not be checked.</summary>
    public void Internal(FieldPath path, string detail) => _errors.Add(new(FieldErrorType.Internal, path.ToString(), null, detail));

    /// <summary>A value may not change.</summary>
    public void Immutable(FieldPath path, JsonNode? value) => InvalidValue(path, value, "field is immutable");

    /// <summary>A value that is printed already may not change.</summary>
    public void ImmutablePrinted(FieldPath path, string printed) => InvalidPrinted(path, printed, "field is immutable");

    /// <summary>Prints a value in the notation of its type.</summary>
    public string Print(FieldPath path, JsonNode? value) =>
        type is not null && value is not null && GoStruct.TryPrint(type, path.ToString(), value, out var printed) ? printed : GoSyntax.Print(value);

    /// <summary>Refuses a negative number.</summary>
    public void NotNegative(FieldPath path, long? value)
    {
        if (value < 0)
        {
            Invalid(path, value.Value, Negative);
        }
    }

    /// <summary>Refuses a number outside a range.</summary>
    public void InRange(FieldPath path, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            Invalid(path, value, string.Create(CultureInfo.InvariantCulture, $"must be between {least} and {most}, inclusive"));
        }
    }
}
