using K124.Sim.Api;
using K124.Sim.Text;

namespace K124.Sim.Patching;

/// <summary>The refusals that patches share.</summary>
internal static class PatchStatus
{
    /// <summary>A body that is no patch at all.</summary>
    public static ApiStatus BadRequest(string message) => new() { Code = 400, Reason = "BadRequest", Message = message };

    /// <summary>A patch that does not fit the object; why is not told to the client.</summary>
    public static ApiStatus Rejected() => new()
    {
        Code = 422,
        Reason = "Invalid",
        Message = "the server rejected our request due to an error in our request",
        Details = new(),
    };

    /// <summary>An error that the server passes on as it is.</summary>
    public static ApiStatus Internal(string message) => new() { Code = 500, Message = message };

    /// <summary>A patched object that cannot be read as an object of its kind.</summary>
    /// <param name="patched">The object, or the patch, as text.</param>
    /// <param name="why">The decoder's words.</param>
    public static ApiStatus Unreadable(string patched, string why)
    {
        var message = $"Invalid value: {GoText.Quote(patched)}: {why}";
        return new()
        {
            Code = 422,
            Reason = "Invalid",
            Message = $" \"\" is invalid: patch: {message}",
            Details = new() { Causes = [new("FieldValueInvalid", message, "patch")] },
        };
    }
}
