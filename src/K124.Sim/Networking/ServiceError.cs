using System.Collections.Immutable;
using K124.Sim.Model;

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

    internal static ServiceError Plain(string message) => new() { Code = 500, Reason = "", Message = message };

    internal static ServiceError NotFound(string name) => new() { Code = 404, Reason = "NotFound", Message = $"services \"{name}\" not found" };

    internal static ServiceError AlreadyExists(string name, bool isBeingDeleted) => new()
    {
        Code = 409,
        Reason = "AlreadyExists",
        Message = $"{(isBeingDeleted ? "object is being deleted: " : "")}services \"{name}\" already exists",
    };
}
