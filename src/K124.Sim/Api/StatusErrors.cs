using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Api;

/// <summary>Refusals as the API server words them.</summary>
/// <remarks>Kubernetes 1.24 apimachinery/pkg/api/errors.</remarks>
internal static class StatusErrors
{
    /// <summary>What a write on the base of an old version is told.</summary>
    public const string OptimisticLock = "the object has been modified; please apply your changes to the latest version and try again";

    /// <summary>400: the request itself is wrong.</summary>
    public static ApiStatus BadRequest(string message) => new() { Code = 400, Reason = "BadRequest", Message = message };

    /// <summary>404: there is no object of that name.</summary>
    public static ApiStatus NotFound(string group, string plural, string name) => new()
    {
        Code = 404,
        Reason = "NotFound",
        Message = $"{Qualified(group, plural)} \"{name}\" not found",
        Details = new() { Name = name, Group = group, Kind = plural },
    };

    /// <summary>409: there is an object of that name already.</summary>
    public static ApiStatus AlreadyExists(string group, string plural, string name) => new()
    {
        Code = 409,
        Reason = "AlreadyExists",
        Message = $"{Qualified(group, plural)} \"{name}\" already exists",
        Details = new() { Name = name, Group = group, Kind = plural },
    };

    /// <summary>409: the object is not in the state that the request supposes.</summary>
    public static ApiStatus Conflict(string group, string plural, string name, string why) => new()
    {
        Code = 409,
        Reason = "Conflict",
        Message = $"Operation cannot be fulfilled on {Qualified(group, plural)} \"{name}\": {why}",
        Details = new() { Name = name, Group = group, Kind = plural },
    };

    /// <summary>403: the object may not be written so.</summary>
    public static ApiStatus Forbidden(string group, string plural, string name, string why, params ReadOnlySpan<ApiStatusCause> causes) => new()
    {
        Code = 403,
        Reason = "Forbidden",
        Message = name.Length == 0 ? $"{Qualified(group, plural)} is forbidden: {why}" : $"{Qualified(group, plural)} \"{name}\" is forbidden: {why}",
        Details = new() { Name = name, Group = group, Kind = plural, Causes = [.. causes] },
    };

    /// <summary>500: the server met an error that it does not class.</summary>
    public static ApiStatus InternalText(string message) => new() { Code = 500, Message = message };

    /// <summary>500: the server itself failed.</summary>
    public static ApiStatus Internal(string message) => new()
    {
        Code = 500,
        Reason = "InternalError",
        Message = "Internal error occurred: " + message,
        Details = new() { Causes = [new("", message)] },
    };

    /// <summary>422: the object breaks rules. Equal texts come once in the message and every time in the causes.</summary>
    public static ApiStatus Invalid(string group, string kind, string name, IReadOnlyList<FieldError> errors)
    {
        var causes = ImmutableArray.CreateBuilder<ApiStatusCause>(errors.Count);
        var texts = new List<string>(errors.Count);
        foreach (var error in errors)
        {
            causes.Add(new(error.Reason, error.Message, error.Field));
            var text = error.ToString();
            if (!texts.Contains(text))
            {
                texts.Add(text);
            }
        }

        var why = texts.Count == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";
        return new()
        {
            Code = 422,
            Reason = "Invalid",
            Message = $"{Qualified(group, kind)} \"{name}\" is invalid: {why}",
            Details = new() { Name = name, Group = group, Kind = kind, Causes = causes.MoveToImmutable() },
        };
    }

    private static string Qualified(string group, string name) => group.Length == 0 ? name : $"{name}.{group}";
}
