using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using K124.Sim.Patching.Fields;

namespace K124.Sim.Patching.Apply;

/// <summary>The owners of an object's fields.</summary>
internal sealed class ManagedFields
{
    private readonly Dictionary<ManagerId, ManagedEntry> _entries = [];

    /// <summary>Number of owners.</summary>
    public int Count => _entries.Count;

    /// <summary>The owners, in no order that means anything.</summary>
    public IReadOnlyCollection<KeyValuePair<ManagerId, ManagedEntry>> Entries => [.. _entries];

    /// <summary>What an owner has; the set must not be empty.</summary>
    public ManagedEntry this[ManagerId id]
    {
        get => _entries[id];
        set => _entries[id] = value;
    }

    /// <summary>Reads the entries of an object.</summary>
    /// <param name="source">The object; null reads as one without entries.</param>
    /// <param name="managed">The owners.</param>
    /// <returns>False if some entry is malformed.</returns>
    public static bool TryDecode(JsonObject? source, [NotNullWhen(true)] out ManagedFields? managed)
    {
        managed = new();
        if (EntriesOf(source) is not { } entries)
        {
            return true;
        }

        foreach (var entry in entries)
        {
            if (entry is not JsonObject members || !managed.TryAdd(members))
            {
                managed = null;
                return false;
            }
        }

        return true;
    }

    /// <summary>The list as it stands in the object's metadata; null if there is none.</summary>
    public static JsonArray? EntriesOf(JsonObject? source) => (source?["metadata"] as JsonObject)?["managedFields"] as JsonArray;

    /// <summary>Whether a client asks for all ownership to be forgotten: one entry that says nothing.</summary>
    public static bool IsReset(JsonArray? entries) => entries is [JsonObject { Count: 0 }];

    /// <summary>What the owners have now, to tell later whether it changed.</summary>
    public Dictionary<ManagerId, ManagedEntry> Snapshot() => new(_entries);

    /// <summary>Whether every owner has what it had at a snapshot; times do not count.</summary>
    public bool OwnsTheSame(Dictionary<ManagerId, ManagedEntry> snapshot)
    {
        if (snapshot.Count != _entries.Count)
        {
            return false;
        }

        foreach (var (id, entry) in _entries)
        {
            if (!snapshot.TryGetValue(id, out var former) || former.ApiVersion != entry.ApiVersion || !former.Fields.Equals(entry.Fields))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Finds an owner.</summary>
    public bool TryGet(ManagerId id, [NotNullWhen(true)] out ManagedEntry? entry) => _entries.TryGetValue(id, out entry);

    /// <summary>Forgets an owner.</summary>
    public void Remove(ManagerId id) => _entries.Remove(id);

    /// <summary>Sets what an owner has, or forgets the owner if that is nothing.</summary>
    public void SetOrRemove(ManagerId id, ManagedEntry entry)
    {
        if (entry.Fields.IsEmpty)
        {
            _entries.Remove(id);
        }
        else
        {
            _entries[id] = entry;
        }
    }

    /// <summary>Writes the owners into an object's metadata: those that apply first, then by time, name, version, subresource.</summary>
    public void WriteTo(JsonObject target)
    {
        if (target["metadata"] is not JsonObject metadata)
        {
            if (_entries.Count == 0)
            {
                return;
            }

            metadata = [];
            target["metadata"] = metadata;
        }

        metadata.Remove("managedFields");
        if (_entries.Count > 0)
        {
            metadata.Add("managedFields", Encode());
        }
    }

    /// <summary>The owners as a list of entries.</summary>
    public JsonArray Encode()
    {
        var entries = _entries.ToArray();
        if (entries.Length > 1)
        {
            Array.Sort(entries, Order);
        }

        var result = new JsonArray();
        foreach (var (id, entry) in entries)
        {
            result.Add((JsonNode)Encode(id, entry));
        }

        return result;
    }

    private static int Order(KeyValuePair<ManagerId, ManagedEntry> a, KeyValuePair<ManagerId, ManagedEntry> b)
    {
        if (a.Key.IsApply != b.Key.IsApply)
        {
            return a.Key.IsApply ? -1 : 1;
        }

        var order = string.CompareOrdinal(a.Value.Time, b.Value.Time);
        order = order == 0 ? string.CompareOrdinal(a.Key.Name, b.Key.Name) : order;
        order = order == 0 ? string.CompareOrdinal(a.Value.ApiVersion, b.Value.ApiVersion) : order;
        return order == 0 ? string.CompareOrdinal(a.Key.Subresource, b.Key.Subresource) : order;
    }

    private static JsonObject Encode(ManagerId id, ManagedEntry entry)
    {
        var result = new JsonObject
        {
            ["manager"] = id.Name,
            ["operation"] = id.IsApply ? "Apply" : "Update",
            ["apiVersion"] = entry.ApiVersion,
        };
        if (entry.Time.Length > 0)
        {
            result.Add("time", entry.Time);
        }

        result.Add("fieldsType", "FieldsV1");
        result.Add("fieldsV1", FieldsV1.Encode(entry.Fields));
        if (id.Subresource.Length > 0)
        {
            result.Add("subresource", id.Subresource);
        }

        return result;
    }

    private static string Text(JsonObject members, string name) =>
        members[name] is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    private bool TryAdd(JsonObject members)
    {
        var operation = Text(members, "operation");
        var apiVersion = Text(members, "apiVersion");
        if (operation is not ("Apply" or "Update") || apiVersion.Length == 0 || Text(members, "fieldsType") != "FieldsV1")
        {
            return false;
        }

        if (!FieldsV1.TryDecode(members["fieldsV1"] as JsonObject, out var fields))
        {
            return false;
        }

        var isApply = operation == "Apply";
        var id = new ManagerId(Text(members, "manager"), isApply, isApply ? "" : apiVersion, Text(members, "subresource"));
        _entries[id] = new(fields, apiVersion, Text(members, "time"));
        return true;
    }
}
