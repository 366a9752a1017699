using System.Collections.Immutable;
using System.Globalization;

namespace K124.Sim.Networking.Internal;

/// <summary>Collects what is wrong with the fields of a Service, in the words of apimachinery's field errors.</summary>
internal sealed class FieldErrors
{
    private readonly ImmutableArray<ServiceErrorCause>.Builder _causes = ImmutableArray.CreateBuilder<ServiceErrorCause>();

    public bool Any => _causes.Count > 0;

    public static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    public static string List(ImmutableArray<string> items, string type = "string") =>
        items.IsEmpty ? $"[]{type}(nil)" : $"[]{type}{{{string.Join(", ", items.Select(Quote))}}}";

    public void Invalid(string field, string shownValue, string detail) =>
        _causes.Add(new(field, "FieldValueInvalid", $"Invalid value: {shownValue}: {detail}"));

    public void Invalid(string field, int value, string detail) => Invalid(field, value.ToString(CultureInfo.InvariantCulture), detail);

    public void Required(string field) => _causes.Add(new(field, "FieldValueRequired", "Required value"));

    public void Forbidden(string field, string detail) => _causes.Add(new(field, "FieldValueForbidden", $"Forbidden: {detail}"));

    public void Duplicate(string field, string shownValue) => _causes.Add(new(field, "FieldValueDuplicate", $"Duplicate value: {shownValue}"));

    public void NotSupported(string field, string value, params ReadOnlySpan<string> supported)
    {
        var names = string.Join(", ", supported.ToArray().Select(Quote));
        _causes.Add(new(field, "FieldValueNotSupported", $"Unsupported value: {Quote(value)}: supported values: {names}"));
    }

    /// <summary>The rejection, or null if nothing is wrong. A problem that occurs twice is told once.</summary>
    public ServiceError? ToError(string serviceName)
    {
        if (!Any)
        {
            return null;
        }

        var messages = _causes.Select(cause => $"{cause.Field}: {cause.Message}").Distinct(StringComparer.Ordinal).ToArray();
        var text = messages.Length == 1 ? messages[0] : $"[{string.Join(", ", messages)}]";
        return new()
        {
            Code = 422,
            Reason = "Invalid",
            Message = $"Service {Quote(serviceName)} is invalid: {text}",
            Causes = _causes.ToImmutable(),
        };
    }
}
