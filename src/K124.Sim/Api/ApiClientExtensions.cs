using K124.Sim.Model;

namespace K124.Sim.Api;

/// <summary>Typed writes.</summary>
public static class ApiClientExtensions
{
    /// <summary>Makes an object.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="api">The connection.</param>
    /// <param name="item">The object; its name may be left to the server by <see cref="ObjectMeta.GenerateName"/>.</param>
    /// <returns>The object as it was stored, or the refusal.</returns>
    public static ApiResult<T> Create<T>(this IApiClient api, T item)
        where T : class, IApiObject => Send<T>(api, Whole(ApiVerb.Create, item, ""));

    /// <summary>Replaces an object; a stale <see cref="ObjectMeta.ResourceVersion"/> is a conflict.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="api">The connection.</param>
    /// <param name="item">The object.</param>
    /// <returns>The object as it was stored, or the refusal.</returns>
    public static ApiResult<T> Update<T>(this IApiClient api, T item)
        where T : class, IApiObject => Send<T>(api, Whole(ApiVerb.Update, item, ""));

    /// <summary>Replaces an object's status; a stale <see cref="ObjectMeta.ResourceVersion"/> is a conflict.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="api">The connection.</param>
    /// <param name="item">The object.</param>
    /// <returns>The object as it was stored, or the refusal.</returns>
    public static ApiResult<T> UpdateStatus<T>(this IApiClient api, T item)
        where T : class, IApiObject => Send<T>(api, Whole(ApiVerb.Update, item, "status"));

    /// <summary>Changes parts of an object.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="api">The connection.</param>
    /// <param name="key">Namespace and name.</param>
    /// <param name="type">Form of the patch.</param>
    /// <param name="patch">The patch as JSON text.</param>
    /// <param name="subresource">Subresource; empty for the object itself.</param>
    /// <returns>The object as it was stored, or the refusal.</returns>
    public static ApiResult<T> Patch<T>(this IApiClient api, ObjectKey key, PatchType type, string patch, string subresource = "")
        where T : class, IApiObject =>
        Send<T>(api, new() { Verb = ApiVerb.Patch, Kind = ApiKind.Of<T>(), Key = key, PatchType = type, Patch = patch, Subresource = subresource });

    /// <summary>Deletes an object.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="api">The connection.</param>
    /// <param name="key">Namespace and name.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <returns>The object as it last stood, or the refusal.</returns>
    public static ApiResult<T> Delete<T>(this IApiClient api, ObjectKey key, DeleteOptions? options = null)
        where T : class, IApiObject =>
        Send<T>(api, new() { Verb = ApiVerb.Delete, Kind = ApiKind.Of<T>(), Key = key, Options = options });

    private static ApiWrite Whole<T>(ApiVerb verb, T item, string subresource)
        where T : class, IApiObject
    {
        ArgumentNullException.ThrowIfNull(item);
        return new() { Verb = verb, Kind = ApiKind.Of<T>(), Key = ObjectKey.Of(item), Object = item, Subresource = subresource };
    }

    private static ApiResult<T> Send<T>(IApiClient api, ApiWrite write)
        where T : class, IApiObject
    {
        ArgumentNullException.ThrowIfNull(api);
        var result = api.Write(write);
        return result.Succeeded ? ApiResult.Success((T)result.Value, result.Warnings) : ApiResult.Failure<T>(result.Status, result.Warnings);
    }
}
