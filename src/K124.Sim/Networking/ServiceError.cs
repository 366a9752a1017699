using System.Collections.Immutable;
using K124.Sim.Kinds.Validation;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Networking;

/// <summary>Why the API server rejected a request on a Service, in 1.24's words.</summary>
public sealed record ServiceError
{
    private readonly Items<ServiceErrorCause> _causes;

    /// <summary>HTTP status code.</summary>
    public required int Code { get; init; }

    /// <summary>Reason, for example <c>Invalid</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The whole message.</summary>
    public required string Message { get; init; }

    /// <summary>Single reasons, in order.</summary>
    public ImmutableArray<ServiceErrorCause> Causes { get => _causes.Array; init => _causes = new(value); }

    internal static ServiceError Internal(string message) => new()
    {
        Code = 500,
        Reason = "InternalError",
        Message = $"Internal error occurred: {message}",
        Causes = [new("", "", message)],
    };

    /// <summary>What is wrong with the fields of a Service; null if nothing is. A problem that occurs twice is told once.</summary>
    internal static ServiceError? Invalid(string name, FieldErrors errors)
    {
        if (errors.Count == 0)
        {
            return null;
        }

        var messages = errors.All.Select(static error => error.ToString()).Distinct(StringComparer.Ordinal).ToArray();
        var text = messages.Length == 1 ? messages[0] : $"[{string.Join(", ", messages)}]";
        return new()
        {
            Code = 422,
            Reason = "Invalid",
            Message = $"Service {GoText.Quote(name)} is invalid: {text}",
            Causes = [.. errors.All.Select(static error => new ServiceErrorCause(error.Field, error.Reason, error.Message))],
        };
    }

    internal static ServiceError Plain(string message) => new() { Code = 500, Reason = "", Message = message };

    internal static ServiceError NotFound(string name) => new() { Code = 404, Reason = "NotFound", Message = $"services \"{name}\" not found" };

    internal static ServiceError AlreadyExists(string name, bool isBeingDeleted) => new()
    {
        Code = 409,
        Reason = "AlreadyExists",
        Message = $"{(isBeingDeleted ? "object is being deleted: " : "")}services \"{name}\" already exists",
    };
}
