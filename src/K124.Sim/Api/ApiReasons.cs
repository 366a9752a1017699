namespace K124.Sim.Api;

/// <summary>What refusals of the API server mean to those who wrote.</summary>
internal static class ApiReasons
{
    public static bool IsNotFound(this ApiStatus? status) => status?.Reason == "NotFound";

    public static bool IsConflict(this ApiStatus? status) => status?.Reason == "Conflict";

    public static bool IsInvalid(this ApiStatus? status) => status?.Reason == "Invalid";

    public static bool IsAlreadyExists(this ApiStatus? status) => status?.Reason == "AlreadyExists";

    /// <summary>Whether the write came into a namespace that is being deleted.</summary>
    public static bool IsNamespaceTerminating(this ApiStatus? status) =>
        status?.Details?.Causes.Any(static cause => cause.Reason == "NamespaceTerminating") ?? false;

    public static ApiStatus NotFound(string groupResource, string name) => new()
    {
        Code = 404,
        Reason = "NotFound",
        Message = $"{groupResource} \"{name}\" not found",
    };
}
