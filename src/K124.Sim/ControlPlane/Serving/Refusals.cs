using K124.Sim.Api;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Refusals that have nothing to do with a kind.</summary>
internal static class Refusals
{
    public static ApiStatus NoSuchResource { get; } = new()
    {
        Code = 404,
        Reason = "NotFound",
        Message = "the server could not find the requested resource",
        Details = new(),
    };

    public static ApiStatus MethodNotAllowed { get; } = new()
    {
        Code = 405,
        Reason = "MethodNotAllowed",
        Message = "the server does not allow this method on the requested resource",
        Details = new(),
    };

    public static ApiStatus Unauthorized { get; } = new() { Code = 401, Reason = "Unauthorized", Message = "Unauthorized" };

    public static ApiStatus NotAcceptable { get; } =
        new() { Code = 406, Reason = "NotAcceptable", Message = "406: Not Acceptable", Details = new() };

    public static ApiStatus UnknownPatchType { get; } =
        new() { Code = 415, Reason = "UnsupportedMediaType", Message = "415: Unsupported Media Type", Details = new() };

    public static ApiStatus TooLarge { get; } =
        new() { Code = 413, Reason = "RequestEntityTooLarge", Message = "Request entity too large: limit is 3145728" };

    public static ApiStatus UnknownBody(string accepted) => new()
    {
        Code = 415,
        Reason = "UnsupportedMediaType",
        Message = $"the body of the request was in an unknown format - accepted media types include: {accepted}",
    };

    public static ApiStatus OnlyAccepts(string accepted) =>
        new() { Code = 406, Reason = "NotAcceptable", Message = $"only the following media types are accepted: {accepted}" };

    public static ApiStatus NotThatForm(string message) => new() { Code = 406, Reason = "NotAcceptable", Message = message };

    public static ApiStatus Expired(string message) => new() { Code = 410, Reason = "Expired", Message = message };

    /// <summary>A read asks for a version that is still to come.</summary>
    public static ApiStatus TooLargeVersion(long wanted, long current, int retryAfterSeconds) => new()
    {
        Code = 504,
        Reason = "Timeout",
        Message = $"Timeout: Too large resource version: {wanted}, current: {current}",
        Details = new()
        {
            Causes = [new("ResourceVersionTooLarge", "Too large resource version")],
            RetryAfterSeconds = retryAfterSeconds,
        },
    };
}
