namespace K124.Sim.Model;

/// <summary>One reason for which the API server refuses an object.</summary>
/// <param name="Type">Class of the error.</param>
/// <param name="Field">Path of the field, for example <c>spec.parallelism</c>.</param>
/// <param name="Value">The refused value as the server prints it; null where it prints none.</param>
/// <param name="Detail">What is wrong.</param>
public sealed record FieldError(FieldErrorType Type, string Field, string? Value, string Detail)
{
    /// <summary>The server's message, for example <c>spec.parallelism: Invalid value: -1: must be greater than or equal to 0</c>.</summary>
    /// <returns>The message.</returns>
    public override string ToString()
    {
        var type = Type switch
        {
            FieldErrorType.Required => "Required value",
            FieldErrorType.Invalid => "Invalid value",
            FieldErrorType.NotSupported => "Unsupported value",
            FieldErrorType.Forbidden => "Forbidden",
            _ => "Duplicate value",
        };
        return string.Concat(Field, ": ", type, Value is null ? "" : ": " + Value, Detail.Length == 0 ? "" : ": " + Detail);
    }
}
