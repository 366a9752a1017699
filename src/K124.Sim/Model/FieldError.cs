namespace K124.Sim.Model;

/// <summary>One reason for which the API server refuses an object.</summary>
/// <param name="Type">Class of the error.</param>
/// <param name="Field">Path of the field, for example <c>spec.parallelism</c>.</param>
/// <param name="Value">The refused value as the server prints it; null where it prints none.</param>
/// <param name="Detail">What is wrong.</param>
public sealed record FieldError(FieldErrorType Type, string Field, string? Value, string Detail)
{
    /// <summary>The message without the field's path, for example <c>Invalid value: -1: must be greater than or equal to 0</c>.</summary>
    public string Message
    {
        get
        {
            var type = Type switch
            {
                FieldErrorType.Required => "Required value",
                FieldErrorType.NotSupported => "Unsupported value",
                FieldErrorType.Forbidden => "Forbidden",
                FieldErrorType.Duplicate => "Duplicate value",
                FieldErrorType.NotFound => "Not found",
                FieldErrorType.TooLong => "Too long",
                FieldErrorType.TooMany => "Too many",
                FieldErrorType.Internal => "Internal error",
                _ => "Invalid value",
            };
            return string.Concat(type, Value is null ? "" : ": " + Value, Detail.Length == 0 ? "" : ": " + Detail);
        }
    }

    /// <summary>The class of the error as a cause of a refusal names it, for example <c>FieldValueRequired</c>.</summary>
    public string Reason => Type == FieldErrorType.Internal ? "InternalError" : "FieldValue" + Type;

    /// <summary>The server's message, for example <c>spec.parallelism: Invalid value: -1: must be greater than or equal to 0</c>.</summary>
    /// <returns>The message.</returns>
    public override string ToString() => $"{Field}: {Message}";
}
