using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Conformance.Controllers.Harness;

/// <summary>A recorded sync: the world before it, and what came of it.</summary>
internal sealed class SyncCase
{
    private readonly JsonElement _json;

    public SyncCase(JsonElement json)
    {
        _json = json;
        Now = json.GetProperty("now").GetDateTimeOffset();
        Key = KeyOf(json.GetProperty("key").GetString()!);
        Objects = [.. Trees("objects")];
        Server = new(Now, ServerFault.ReadAll(json));
        foreach (var tree in Objects.Concat(Trees("liveObjects")))
        {
            Server.Put(tree.DeepClone().AsObject());
        }

        if (json.TryGetProperty("liveMissing", out var missing) && missing.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in missing.EnumerateArray())
            {
                RemoveLive(item);
            }
        }

        Client = new(Server);
        Queue = new(Now);
        Cache = new(Objects);
        Gates = ReadGates(json);
    }

    public DateTimeOffset Now { get; }

    public ObjectKey Key { get; }

    public List<JsonObject> Objects { get; }

    public RecordedServer Server { get; }

    public RecordedClient Client { get; }

    public RecordedQueue Queue { get; }

    public CachedObjects Cache { get; }

    public FeatureGates Gates { get; }

    public JsonElement? Member(string name) =>
        _json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public JsonElement? Input(string name) =>
        Member("input") is { } input && input.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Runs a sync and compares what came of it.</summary>
    public CaseOutcome Verify(IReconciler reconciler, SyncRules rules)
    {
        var result = reconciler.Reconcile(Key, Cache, Client, Queue);
        return Compare(new SyncAnswer { Error = result.Error, RequeueAfter = result.RequeueAfter }, rules);
    }

    /// <summary>Compares what came of a sync.</summary>
    public CaseOutcome Compare(SyncAnswer answer, SyncRules rules)
    {
        answer.Writes.AddRange(Server.Writes.Select(static write => write.ToJson()));
        answer.Events.AddRange(Client.Events);
        answer.Queue.AddRange(Queue.Calls);
        return SyncComparison.Compare(_json.GetProperty("expect"), answer, rules);
    }

    public static ObjectKey KeyOf(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new("", text) : new(text[..slash], text[(slash + 1)..]);
    }

    public static FeatureGates ReadGates(JsonElement json)
    {
        var gates = FeatureGates.Default;
        if (json.TryGetProperty("gates", out var settings) && settings.ValueKind == JsonValueKind.Object)
        {
            foreach (var gate in settings.EnumerateObject())
            {
                gates = gates.With(gate.Name, gate.Value.GetBoolean());
            }
        }

        return gates;
    }

    private IEnumerable<JsonObject> Trees(string name) =>
        _json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(ModelJson.Tree) : [];

    private void RemoveLive(JsonElement item)
    {
        var kind = item.GetProperty("kind").GetString()!;
        var space = item.TryGetProperty("namespace", out var value) ? value.GetString() ?? "" : "";
        var name = item.GetProperty("name").GetString()!;
        var known = Objects.Select(RecordedServer.KindOf).First(candidate => candidate.Kind == kind);
        Server.Remove(known, space, name);
    }
}
