using System.Text.Json.Nodes;
using K124.Sim.Patching.Fields;
using K124.Sim.Patching.Typing;

namespace K124.Sim.Patching.Apply;

/// <summary>Keeps track of who owns what in the objects of one kind, and applies configurations (server-side apply, KEP-555) as
/// Kubernetes 1.24 does.</summary>
/// <param name="options">What it hangs on.</param>
internal sealed partial class FieldManager(FieldManagerOptions options)
{
    private const string BeforeFirstApply = "before-first-apply";

    private static readonly FieldSet Untracked = MakeUntracked();

    private readonly FieldManagerOptions _options = options;
    private readonly FieldSet _reset = options.ResetFields.GetValueOrDefault(options.ApiVersion, FieldSet.Empty);

    /// <summary>Records a create, an update or a patch other than apply: sets <c>metadata.managedFields</c> of the new object.</summary>
    /// <param name="live">The stored object; null on create.</param>
    /// <param name="changed">The object as the client wants it, decoded and defaulted; changed in place.</param>
    /// <param name="manager">Name of the field manager.</param>
    /// <param name="now">The time in whole seconds, as objects hold it.</param>
    public void Update(JsonObject? live, JsonObject changed, string manager, string now)
    {
        var managed = OwnersForUpdate(live, changed);
        (changed["metadata"] as JsonObject)?.Remove("managedFields");
        managed = Updated(live, changed, managed, Id(manager, isApply: false), now);
        managed.WriteTo(changed);
    }

    private ManagerId Id(string manager, bool isApply) => ManagerId.Of(manager, isApply, _options.ApiVersion, _options.Subresource);

    private ManagedFields OwnersForUpdate(JsonObject? live, JsonObject changed)
    {
        if (_options.Subresource.Length == 0)
        {
            var sent = ManagedFields.EntriesOf(changed);
            if (ManagedFields.IsReset(sent))
            {
                return new();
            }

            // A client that knows nothing of ownership must not wipe it out by accident.
            if (ManagedFields.TryDecode(changed, out var asSent) && asSent.Count > 0)
            {
                return asSent;
            }
        }

        return ManagedFields.TryDecode(live, out var stored) ? stored : new();
    }

    private ManagedFields Updated(JsonObject? live, JsonObject changed, ManagedFields managed, ManagerId id, string now)
    {
        // Ownership that was reset stays so until somebody applies; only a create starts it.
        if (managed.Count == 0 && IsStored(live))
        {
            return managed;
        }

        Record(live ?? _options.Empty, changed, managed, id, now);
        ManagerLimit.Enforce(managed);
        return managed;
    }

    private void Record(JsonObject live, JsonObject changed, ManagedFields managed, ManagerId id, string now)
    {
        if (_options.TypeOf(_options.ApiVersion, _options.Kind) is not { } type
            || TypeCheck.FirstError(live, type) is not null || TypeCheck.FirstError(changed, type) is not null)
        {
            return;
        }

        Reconcile(live, managed);
        var versions = new VersionedComparisons(_options, live, changed);
        Disown(managed, versions, Conflicts(managed, versions, except: null));
        var difference = versions.Own;
        var gained = difference.Modified.Union(difference.Added).Difference(difference.Removed)
            .RecursiveDifference(_reset).Difference(Untracked);
        if (gained.IsEmpty)
        {
            return;
        }

        var all = managed.TryGet(id, out var before) ? gained.Union(before.Fields) : gained;
        managed[id] = new(all, _options.ApiVersion, now);
    }

    private static bool IsStored(JsonObject? live) =>
        live?["metadata"] is JsonObject metadata && metadata["uid"] is JsonValue uid && uid.TryGetValue(out string? text) && text.Length > 0;

    private void Reconcile(JsonObject live, ManagedFields managed)
    {
        if (!_options.TypesMayChange)
        {
            return;
        }

        foreach (var (id, entry) in managed.Entries)
        {
            if (_options.TypeOf(entry.ApiVersion, _options.Kind) is { } type && Converted(live, entry.ApiVersion) is { } versioned)
            {
                managed[id] = entry with { Fields = SetShapes.Reconciled(entry.Fields, versioned, type) };
            }
        }
    }

    private JsonObject? Converted(JsonObject tree, string apiVersion) =>
        apiVersion == _options.ApiVersion ? tree : _options.Convert(tree, apiVersion);

    // Fields of others that the change gives another value.
    private static Dictionary<ManagerId, FieldSet> Conflicts(ManagedFields managed, VersionedComparisons versions, ManagerId? except)
    {
        var conflicts = new Dictionary<ManagerId, FieldSet>();
        foreach (var (id, entry) in managed.Entries)
        {
            if (id == except)
            {
                continue;
            }

            if (!versions.TryGet(entry.ApiVersion, out var difference))
            {
                managed.Remove(id);
                continue;
            }

            var conflict = entry.Fields.Intersection(difference.Modified.Union(difference.Added));
            if (!conflict.IsEmpty)
            {
                conflicts.Add(id, conflict);
            }
        }

        return conflicts;
    }

    private static void Disown(ManagedFields managed, VersionedComparisons versions, Dictionary<ManagerId, FieldSet> lost, ManagerId? except = null)
    {
        foreach (var (id, entry) in managed.Entries)
        {
            if (id == except || !versions.TryGet(entry.ApiVersion, out var difference))
            {
                continue;
            }

            var rest = lost.TryGetValue(id, out var fields) ? entry.Fields.Difference(fields) : entry.Fields;
            managed.SetOrRemove(id, entry with { Fields = rest.Difference(difference.Removed) });
        }
    }

    private static FieldSet MakeUntracked()
    {
        string[] members =
        [
            "name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation", "managedFields", "resourceVersion",
        ];
        var result = FieldSet.OfFields("apiVersion").Union(FieldSet.OfFields("kind")).Union(FieldSet.OfFields("metadata"));
        return members.Aggregate(result, static (set, member) => set.Union(FieldSet.OfFields("metadata", member)));
    }
}
