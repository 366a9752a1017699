using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Workloads;

/// <summary>Sorts out which children are a parent's: keeps, adopts and releases.</summary>
/// <typeparam name="T">Kind of the children.</typeparam>
/// <param name="parent">The parent.</param>
/// <param name="parentKind">The parent's kind.</param>
/// <param name="matches">Whether a child is one that the parent selects.</param>
/// <param name="api">Connection to the API server.</param>
internal sealed class ControllerClaim<T>(IApiObject parent, ApiKind parentKind, Func<T, bool> matches, IApiClient api)
    where T : class, IApiObject
{
    private bool _isChecked;
    private string? _adoptionRefusal;

    /// <summary>Candidates of a parent, by name: what it controls, and what nobody does.</summary>
    public static List<T> Candidates(IObjectReader cache, IApiObject parent)
    {
        List<T> found = [.. cache.List<T>(ObjectIndex.Controller, parent.Metadata.Uid)];
        var owned = found.Count;
        found.AddRange(cache.List<T>(ObjectIndex.Orphan, parent.Metadata.Namespace));
        found.RemoveAll(item => item.Metadata.Namespace != parent.Metadata.Namespace);
        if (found.Count == owned)
        {
            // The index gives them by name.
            return found;
        }

        found.Sort(static (a, b) => string.CompareOrdinal(a.Metadata.Name, b.Metadata.Name));
        return found;
    }

    /// <summary>Claims children.</summary>
    /// <param name="candidates">Objects that may be the parent's.</param>
    /// <returns>The parent's children, and what went wrong.</returns>
    public (ImmutableArray<T> Claimed, string? Error) Claim(IEnumerable<T> candidates)
    {
        var claimed = ImmutableArray.CreateBuilder<T>();
        var errors = new List<string>();
        foreach (var item in candidates)
        {
            if (IsClaimed(item, out var error))
            {
                claimed.Add(item);
            }
            else if (error is not null)
            {
                errors.Add(error);
            }
        }

        return (claimed.ToImmutable(), ErrorTexts.Aggregate(errors));
    }

    /// <summary>The patch that makes a parent the controller of a child.</summary>
    public static string AdoptionPatch(IApiObject parent, string childUid)
    {
        var owner = ControllerReference.To(parent);
        return Patch(
            new JsonObject
            {
                ["apiVersion"] = owner.ApiVersion,
                ["kind"] = owner.Kind,
                ["name"] = owner.Name,
                ["uid"] = owner.Uid,
                ["controller"] = true,
                ["blockOwnerDeletion"] = true,
            },
            childUid);
    }

    private bool IsClaimed(T item, out string? error)
    {
        error = null;
        if (ControllerReference.ControllerOf(item) is { } owner)
        {
            if (owner.Uid != parent.Metadata.Uid)
            {
                return false;
            }

            if (matches(item))
            {
                return true;
            }

            error = parent.Metadata.DeletionTimestamp is null ? Release(item) : null;
            return false;
        }

        if (parent.Metadata.DeletionTimestamp is not null || item.Metadata.DeletionTimestamp is not null || !matches(item))
        {
            return false;
        }

        return Adopt(item, out error);
    }

    private bool Adopt(T item, out string? error)
    {
        if (!_isChecked)
        {
            _isChecked = true;
            _adoptionRefusal = Adoption.Refusal(parent, parentKind, api);
        }

        if (_adoptionRefusal is not null)
        {
            error = $"can't adopt {item.Kind} {ObjectKey.Of(item)} ({item.Metadata.Uid}): {_adoptionRefusal}";
            return false;
        }

        var result = api.Patch<T>(ObjectKey.Of(item), PatchType.StrategicMerge, AdoptionPatch(parent, item.Metadata.Uid));
        error = result.Succeeded || result.Status.IsNotFound() ? null : result.Status.Message;
        return result.Succeeded;
    }

    private string? Release(T item)
    {
        var reference = new JsonObject { ["$patch"] = "delete", ["uid"] = parent.Metadata.Uid };
        var result = api.Patch<T>(ObjectKey.Of(item), PatchType.StrategicMerge, Patch(reference, item.Metadata.Uid));
        return result.Succeeded || result.Status.IsNotFound() || result.Status.IsInvalid() ? null : result.Status.Message;
    }

    private static string Patch(JsonObject reference, string uid) => new JsonObject
    {
        ["metadata"] = new JsonObject { ["ownerReferences"] = new JsonArray(reference), ["uid"] = uid },
    }.ToJsonString();
}

/// <summary>The look at the server before something is adopted.</summary>
internal static class Adoption
{
    /// <summary>Why a parent may not adopt any more; null if it may.</summary>
    public static string? Refusal(IApiObject parent, ApiKind parentKind, IApiClient api)
    {
        var key = ObjectKey.Of(parent);
        if (api.Get(parentKind, key) is not { } live)
        {
            return $"can't recheck DeletionTimestamp: {ApiReasons.NotFound(ApiResources.GroupResourceOf(parentKind), key.Name).Message}";
        }

        if (live.Metadata.Uid != parent.Metadata.Uid)
        {
            return $"can't recheck DeletionTimestamp: original {parentKind.Kind} {key} is gone: got uid {live.Metadata.Uid}, wanted {parent.Metadata.Uid}";
        }

        return live.Metadata.DeletionTimestamp is { } time ? $"{key} has just been deleted at {WireTime.GoText(time)}" : null;
    }
}
