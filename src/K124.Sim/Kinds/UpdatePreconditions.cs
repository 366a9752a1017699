using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds;

/// <summary>What an update supposes about the stored object.</summary>
internal static class UpdatePreconditions
{
    /// <summary>Compares the uid of the body with the stored one.</summary>
    /// <returns>The refusal if they differ; otherwise null.</returns>
    public static ApiStatus? CheckUid(WriteRequest request, JsonObject metadata, JsonObject? stored, bool isDryRun)
    {
        var uid = metadata.Text("uid");
        var storedUid = stored.Object("metadata").Text("uid");
        if (!request.ChecksUid || uid.Length == 0 || uid == storedUid)
        {
            return null;
        }

        var resource = request.Resource;
        var why = $"StorageError: invalid object, Code: 4, Key: {StorageKeys.Of(request, isFull: stored is null || !isDryRun)}, ResourceVersion: 0, "
            + $"AdditionalErrorMsg: Precondition failed: UID in precondition: {uid}, UID in object meta: {storedUid}";
        return StatusErrors.Conflict(resource.Group, resource.Plural, request.Name, why);
    }

    /// <summary>Compares the version of the body with the stored one.</summary>
    /// <returns>The refusal if they differ, or if the body names none and must; otherwise null.</returns>
    public static ApiStatus? CheckVersion(WriteRequest request, KindStrategy strategy, JsonObject metadata, JsonObject old)
    {
        var resource = request.Resource;
        var version = metadata.Text("resourceVersion");
        var isUnset = version.Length == 0 || version == "0";
        if (isUnset)
        {
            if (strategy.AllowsUnconditionalUpdate)
            {
                return null;
            }

            var errors = new FieldErrors();
            errors.InvalidPrinted(FieldPath.Of("metadata.resourceVersion"), "0x0", "must be specified for an update");
            return StatusErrors.Invalid(resource.Group, resource.Plural, request.Name, errors.All);
        }

        return IsSame(version, old.Object("metadata").Text("resourceVersion"))
            ? null
            : StatusErrors.Conflict(resource.Group, resource.Plural, request.Name, StatusErrors.OptimisticLock);
    }

    private static bool IsSame(string left, string right) => left == right
        || (ulong.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var one)
            && ulong.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var other) && one == other);
}
