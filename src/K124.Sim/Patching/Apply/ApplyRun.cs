using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Patching.Fields;
using K124.Sim.Patching.Typing;

namespace K124.Sim.Patching.Apply;

/// <summary>One application of a configuration to an object.</summary>
/// <param name="options">What ownership hangs on.</param>
/// <param name="live">The object.</param>
/// <param name="config">The configuration.</param>
internal sealed class ApplyRun(FieldManagerOptions options, JsonObject live, JsonObject config)
{
    /// <summary>Type of the object in the version of the request.</summary>
    public TypeShape Type { get; } = options.TypeOf(options.ApiVersion, options.Kind)
        ?? throw new InvalidOperationException($"no type for {options.ApiVersion} {options.Kind}");

    /// <summary>Why the configuration cannot be applied; null if it can.</summary>
    public ApiStatus? Problem()
    {
        var version = Text(config, "apiVersion");
        if (version != options.ApiVersion)
        {
            return PatchStatus.BadRequest(
                $"Incorrect version specified in apply patch. Specified patch version: {version}, expected: {options.ApiVersion}");
        }

        if (ManagedFields.EntriesOf(config) is not null)
        {
            return PatchStatus.BadRequest("metadata.managedFields must be nil");
        }

        return TypedError(config, "patch") ?? TypedError(live, "live");
    }

    /// <summary>The object with the configuration laid over it, and without what the manager gave up. The manager comes to own
    /// what the configuration names.</summary>
    public JsonObject Merge(ManagedFields managed, ManagerId id, FieldSet reset)
    {
        var merged = Merger.Merge(live, config, Type);
        managed.TryGet(id, out var last);
        managed[id] = new(FieldSetOf.Tree(config, Type).RecursiveDifference(reset), options.ApiVersion, last?.Time ?? "");
        return last is null || last.Fields.IsEmpty ? merged : Pruned(merged, managed, last);
    }

    private JsonObject Pruned(JsonObject merged, ManagedFields managed, ManagedEntry last)
    {
        if (Convert(merged, last.ApiVersion) is not { } versioned || TypeIn(last.ApiVersion) is not { } type)
        {
            return merged;
        }

        var lastSet = SetShapes.WithNamedFields(last.Fields, type);
        var pruned = Remover.Without(versioned, lastSet, type);
        pruned = WithOwned(versioned, pruned, last.ApiVersion, managed);
        pruned = WithDangling(versioned, pruned, lastSet, type);
        return Convert(pruned, options.ApiVersion, last.ApiVersion) ?? merged;
    }

    // What somebody (the applier's new configuration included) still owns comes back.
    private JsonObject WithOwned(JsonObject merged, JsonObject pruned, string version, ManagedFields managed)
    {
        foreach (var group in managed.Entries.GroupBy(static e => e.Value.ApiVersion).OrderBy(g => g.Key != version).ThenBy(static g => g.Key, StringComparer.Ordinal))
        {
            if (Convert(merged, group.Key, version) is not { } there || Convert(pruned, group.Key, version) is not { } rest || TypeIn(group.Key) is not { } type)
            {
                continue;
            }

            var owned = group.Aggregate(FieldSet.Empty, static (set, e) => set.Union(e.Value.Fields));
            var all = SetShapes.WithNamedFields(FieldSetOf.Tree(there, type), type);
            var kept = SetShapes.WithNamedFields(FieldSetOf.Tree(rest, type), type).Union(SetShapes.WithNamedFields(owned, type));
            var result = Remover.Without(there, all.Difference(kept), type);
            pruned = Convert(result, version, group.Key) ?? pruned;
        }

        return pruned;
    }

    // What the applier never owned comes back, too: it went only because something around it went.
    private static JsonObject WithDangling(JsonObject merged, JsonObject pruned, FieldSet lastSet, TypeShape type)
    {
        var rest = SetShapes.WithNamedFields(FieldSetOf.Tree(pruned, type), type);
        var all = SetShapes.WithNamedFields(FieldSetOf.Tree(merged, type), type);
        return Remover.Without(merged, all.Difference(rest).Intersection(lastSet), type);
    }

    private TypeShape? TypeIn(string apiVersion) => apiVersion == options.ApiVersion ? Type : options.TypeOf(apiVersion, options.Kind);

    private JsonObject? Convert(JsonObject tree, string apiVersion, string? from = null) =>
        apiVersion == (from ?? options.ApiVersion) ? tree : options.Convert(tree, apiVersion);

    private ApiStatus? TypedError(JsonObject tree, string role)
    {
        var kind = Text(tree, "kind");
        var type = role == "live" ? Type : options.TypeOf(options.ApiVersion, kind);
        var why = type is null ? $"no corresponding type for {GroupVersionKind(kind)}" : TypeCheck.FirstError(tree, type);
        if (why is null && kind != options.Kind && role == "patch")
        {
            why = $"expected objects of the same type, but got {options.Kind} and {kind}";
        }

        if (why is null)
        {
            return null;
        }

        var metadata = tree["metadata"] as JsonObject ?? [];
        return PatchStatus.Internal(
            $"failed to create typed {role} object ({Text(metadata, "namespace")}/{Text(metadata, "name")}; {GroupVersionKind(kind)}): {why}");
    }

    private string GroupVersionKind(string kind)
    {
        var version = options.ApiVersion;
        return $"{(version.Contains('/', StringComparison.Ordinal) ? version : "/" + version)}, Kind={kind}";
    }

    private static string Text(JsonObject tree, string name) => tree[name] is JsonValue value && value.TryGetValue(out string? text) ? text : "";
}
