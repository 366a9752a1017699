using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Api;

namespace K124.Sim.Conformance.Controllers.Harness;

/// <summary>The server that the recordings were made against: objects as JSON trees, faults, and a record of the writes.</summary>
/// <param name="now">The present.</param>
/// <param name="faults">Refusals.</param>
internal sealed partial class RecordedServer(DateTimeOffset now, ImmutableArray<ServerFault> faults)
{
    private const int FirstVersion = 1000;

    private readonly SortedDictionary<(string Kind, string Namespace, string Name), JsonObject> _objects = new(Comparer<(string, string, string)>.Create(Compare));
    private readonly Dictionary<string, RecordedKind> _kinds = new(StringComparer.Ordinal);
    private int _version = FirstVersion;
    private int _names;
    private int _uids;

    public DateTimeOffset Now { get; set; } = now;

    /// <summary>Told of every change: the object before, and after; null if it is not there.</summary>
    public Action<RecordedKind, JsonObject?, JsonObject?>? Changed { get; set; }

    /// <summary>Every write, in order.</summary>
    public List<RecordedWrite> Writes { get; } = [];

    public IEnumerable<(RecordedKind Kind, JsonObject Tree)> All => _objects.Select(entry => (_kinds[entry.Key.Kind], entry.Value));

    public void Put(JsonObject tree)
    {
        var kind = KindOf(tree);
        if (kind.Model is { } model)
        {
            tree = ModelJson.Normal(tree, model);
        }

        Store(kind, tree);
    }

    /// <summary>Stores an object as somebody else has changed it; the write is not recorded.</summary>
    public void Change(JsonObject tree) => Put(Versioned(tree));

    public void Remove(RecordedKind kind, string space, string name)
    {
        if (Find(kind, space, name) is { } old)
        {
            _objects.Remove((kind.GroupResource, space, name));
            Changed?.Invoke(kind, old, null);
        }
    }

    public JsonObject? Find(RecordedKind kind, string space, string name) => _objects.GetValueOrDefault((kind.GroupResource, space, name));

    public IEnumerable<JsonObject> List(RecordedKind kind, string? space = null) => _objects
        .Where(entry => entry.Key.Kind == kind.GroupResource && (space is null || entry.Key.Namespace == space))
        .Select(static entry => entry.Value)
        .ToArray();

    public static RecordedKind KindOf(JsonObject tree) => new(tree["apiVersion"]!.GetValue<string>(), tree["kind"]!.GetValue<string>());

    public static string Text(JsonObject tree, string member) => tree["metadata"]?[member]?.GetValue<string>() ?? "";

    /// <summary>Makes an object.</summary>
    public (JsonObject? Tree, ApiStatus? Refusal) Create(RecordedKind kind, string space, JsonObject body)
    {
        var name = Text(body, "name");
        var write = new RecordedWrite("create", kind, "", space, name) { Body = Sent(body) };
        if (Begin(write) is { } fault)
        {
            return (null, fault);
        }

        var tree = body.DeepClone().AsObject();
        var metadata = Metadata(tree);
        if (name.Length == 0)
        {
            name = metadata["generateName"]!.GetValue<string>() + (++_names).ToString("D5", CultureInfo.InvariantCulture);
            metadata["name"] = name;
        }

        if (Find(kind, space, name) is not null)
        {
            return (null, Refuse(write, 409, "AlreadyExists", $"{kind.GroupResource} \"{name}\" already exists"));
        }

        if (kind.IsNamespaced)
        {
            metadata["namespace"] = space;
        }

        metadata["uid"] = $"new-uid-{++_uids}";
        metadata["creationTimestamp"] = Timestamp(Now);
        Store(kind, Versioned(tree));
        return (tree, null);
    }

    /// <summary>Replaces an object, or its status.</summary>
    public (JsonObject? Tree, ApiStatus? Refusal) Update(RecordedKind kind, string space, JsonObject body, string subresource)
    {
        var name = Text(body, "name");
        var stored = Find(kind, space, name);
        var write = new RecordedWrite("update", kind, subresource, space, name) { Body = Sent(body), Stored = stored?.DeepClone().AsObject() };
        if (Begin(write) is { } fault)
        {
            return (null, fault);
        }

        if (stored is null)
        {
            return (null, Refuse(write, 404, "NotFound", $"{kind.GroupResource} \"{name}\" not found"));
        }

        var version = Text(body, "resourceVersion");
        if (version.Length > 0 && version != Text(stored, "resourceVersion"))
        {
            return (null, Refuse(write, 409, "Conflict", ConflictText(kind, name)));
        }

        return (Replace(kind, stored, body.DeepClone().AsObject(), subresource), null);
    }

    /// <summary>Changes parts of an object.</summary>
    public (JsonObject? Tree, ApiStatus? Refusal) Patch(RecordedKind kind, string space, string name, PatchType type, JsonObject patch, string subresource)
    {
        var stored = Find(kind, space, name);
        var write = new RecordedWrite("patch", kind, subresource, space, name) { Body = patch.DeepClone().AsObject(), PatchType = type };
        if (Begin(write) is { } fault)
        {
            return (null, fault);
        }

        if (stored is null)
        {
            return (null, Refuse(write, 404, "NotFound", $"{kind.GroupResource} \"{name}\" not found"));
        }

        if (type == PatchType.StrategicMerge && kind.IsCustom)
        {
            return (null, Refuse(write, 415, "UnsupportedMediaType", "the body of the request was in an unknown format"));
        }

        if (Text(patch, "uid") is { Length: > 0 } uid && uid != Text(stored, "uid"))
        {
            return (null, Refuse(write, 409, "Conflict", ConflictText(kind, name)));
        }

        if (Text(patch, "resourceVersion") is { Length: > 0 } version && version != Text(stored, "resourceVersion"))
        {
            return (null, Refuse(write, 409, "Conflict", ConflictText(kind, name)));
        }

        var tree = stored.DeepClone().AsObject();
        if (type == PatchType.StrategicMerge)
        {
            TreePatch.Strategic(tree, patch);
        }
        else
        {
            TreePatch.Merge(tree, patch);
        }

        return (Replace(kind, stored, tree, subresource), null);
    }

    private static int Compare((string Kind, string Namespace, string Name) a, (string Kind, string Namespace, string Name) b)
    {
        var order = string.CompareOrdinal(a.Kind, b.Kind);
        order = order != 0 ? order : string.CompareOrdinal(a.Namespace, b.Namespace);
        return order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
    }

    private static JsonObject Metadata(JsonObject tree)
    {
        if (tree["metadata"] is not JsonObject metadata)
        {
            metadata = [];
            tree["metadata"] = metadata;
        }

        return metadata;
    }

    private static JsonObject Sent(JsonObject body)
    {
        var sent = body.DeepClone().AsObject();
        sent.Remove("apiVersion");
        sent.Remove("kind");
        return sent;
    }

    private static string ConflictText(RecordedKind kind, string name) =>
        $"Operation cannot be fulfilled on {kind.GroupResource} \"{name}\": the object has been modified; please apply your changes to the latest version and try again";

    private static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private JsonObject Replace(RecordedKind kind, JsonObject stored, JsonObject tree, string subresource)
    {
        tree["apiVersion"] = stored["apiVersion"]!.DeepClone();
        tree["kind"] = stored["kind"]!.DeepClone();
        switch (subresource)
        {
            case "status":
                Keep(stored, tree, "spec");
                break;
            case "finalize":
                Keep(stored, tree, "status");
                break;
            default:
                Keep(stored, tree, "status");
                break;
        }

        var metadata = Metadata(tree);
        if (subresource.Length == 0 && metadata["generation"] is { } generation && !JsonNode.DeepEquals(stored["spec"], tree["spec"]))
        {
            metadata["generation"] = long.Parse(generation.ToJsonString(), CultureInfo.InvariantCulture) + 1;
        }

        if (kind.Model is { } model)
        {
            tree = ModelJson.Normal(tree, model);
        }

        Versioned(tree);
        if (!RemoveIfDone(kind, tree))
        {
            Store(kind, tree);
        }

        return tree;
    }

    private static void Keep(JsonObject stored, JsonObject tree, string part)
    {
        tree.Remove(part);
        if (stored[part] is { } kept)
        {
            tree[part] = kept.DeepClone();
        }
    }

    private JsonObject Versioned(JsonObject tree)
    {
        Metadata(tree)["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
        return tree;
    }

    private void Store(RecordedKind kind, JsonObject tree)
    {
        _kinds[kind.GroupResource] = kind;
        var key = (kind.GroupResource, Text(tree, "namespace"), Text(tree, "name"));
        var old = _objects.GetValueOrDefault(key);
        _objects[key] = tree;
        Changed?.Invoke(kind, old, tree);
    }

    private ApiStatus? Begin(RecordedWrite write)
    {
        Writes.Add(write);
        foreach (var fault in faults)
        {
            if (fault.Meets(write.Verb, write.Kind.Resource, write.Subresource, write.Name) is { } status)
            {
                write.Failed = status.Reason;
                return status;
            }
        }

        return null;
    }

    private static ApiStatus Refuse(RecordedWrite write, int code, string reason, string message)
    {
        write.Failed = reason;
        return new() { Code = code, Reason = reason, Message = message };
    }
}
