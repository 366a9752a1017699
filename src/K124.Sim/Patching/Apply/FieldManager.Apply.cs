using System.Text.Json.Nodes;
using K124.Sim.Api;

namespace K124.Sim.Patching.Apply;

/// <content>Server-side apply.</content>
internal sealed partial class FieldManager
{
    private const string Kubectl = "kubectl";

    /// <summary>Applies a configuration.</summary>
    /// <param name="live">The stored object; null if there is none yet.</param>
    /// <param name="config">The configuration as the client sent it, already parsed.</param>
    /// <param name="manager">Name of the field manager.</param>
    /// <param name="force">Whether to take over what others own with another value.</param>
    /// <param name="now">The time in whole seconds, as objects hold it.</param>
    /// <returns>The object with its owners, not yet decoded and defaulted; or the refusal.</returns>
    public ApiResult<JsonObject> Apply(JsonObject? live, JsonObject config, string manager, bool force, string now)
    {
        var current = live ?? _options.Empty;
        if (!ManagedFields.TryDecode(current, out var managed))
        {
            return Refused(PatchStatus.Internal("failed to decode managed fields"));
        }

        if (managed.Count == 0)
        {
            Record(_options.Empty, WithoutOwners(current), managed, Id(BeforeFirstApply, isApply: false), now);
        }

        var run = new ApplyRun(_options, current, config);
        if (run.Problem() is { } problem)
        {
            return Refused(problem);
        }

        var former = managed.Snapshot();
        Reconcile(current, managed);
        var id = Id(manager, isApply: true);
        var merged = run.Merge(managed, id, _reset);
        var versions = new VersionedComparisons(_options, current, merged);
        var conflicts = Conflicts(managed, versions, except: id);
        if (conflicts.Count > 0 && !force)
        {
            var open = manager == Kubectl ? LastApplied.WithoutAllowed(conflicts, current, run.Type, _options.ApiVersion) : conflicts;
            if (open.Count > 0)
            {
                return Refused(ConflictStatus.Of(open, managed));
            }
        }

        Disown(managed, versions, conflicts, except: id);
        StampIfChanged(managed, id, former, versions.Own.IsSame, now);
        return ApiResult.Success(Finish(versions.Own.IsSame ? current.DeepClone().AsObject() : merged, managed, id, config));
    }

    private static ApiResult<JsonObject> Refused(ApiStatus status) => ApiResult.Failure<JsonObject>(status);

    private static JsonObject WithoutOwners(JsonObject tree)
    {
        if (ManagedFields.EntriesOf(tree) is null)
        {
            return tree;
        }

        var copy = tree.DeepClone().AsObject();
        copy["metadata"]!.AsObject().Remove("managedFields");
        return copy;
    }

    private static void StampIfChanged(ManagedFields managed, ManagerId id, Dictionary<ManagerId, ManagedEntry> former, bool isSame, string now)
    {
        if (managed.TryGet(id, out var entry))
        {
            managed.SetOrRemove(id, entry with { Fields = entry.Fields.Difference(Untracked) });
        }

        if (managed.TryGet(id, out entry) && (!isSame || !managed.OwnsTheSame(former)))
        {
            managed[id] = entry with { Time = now };
        }
    }

    private static JsonObject Finish(JsonObject result, ManagedFields managed, ManagerId id, JsonObject config)
    {
        ManagerLimit.Enforce(managed);
        managed.WriteTo(result);
        if (id.Name == Kubectl)
        {
            LastApplied.Renew(result, config);
        }

        return result;
    }
}
