using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Collecting;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Conformance.Controllers.Harness;
using K124.Sim.Model;

namespace K124.Sim.Conformance.Controllers;

/// <summary>Recorded runs of the garbage collector.</summary>
internal static class CollectorCases
{
    public static CaseOutcome Verify(RecordedCase recorded)
    {
        var testCase = new SyncCase(recorded.Json);
        var world = new World(testCase.Server);
        foreach (var tree in testCase.Objects)
        {
            world.Add(tree);
        }

        var steps = new JsonArray(world.Run());
        var actions = testCase.Input("actions") is { } list ? list.EnumerateArray().ToArray() : [];
        for (var i = 0; i < actions.Length; i++)
        {
            world.Act(actions[i]);
            var step = world.Run();
            step["action"] = i;
            steps.Add(step);
        }

        var actual = new JsonObject { ["steps"] = steps, ["events"] = Sorted(world.Events) };
        var expect = ModelJson.Tree(recorded.Expect);
        expect["events"] = Sorted((expect["events"] as JsonArray ?? []).Select(static item => item!.AsObject()));
        foreach (var step in expect["steps"]!.AsArray())
        {
            step!["writes"] = SortPatches((step["writes"] as JsonArray ?? []).Select(static write => write!.AsObject()));
        }

        return CaseOutcome.Of(JsonDifference.Between("expect", expect, actual));
    }

    private static JsonArray Sorted(IEnumerable<JsonObject> items) =>
        new([.. items.OrderBy(static item => ModelJson.Canonical(item), StringComparer.Ordinal).Select(static item => item.DeepClone())]);

    /// <summary>Neighbouring patches have no order, nor have neighbouring deletes.</summary>
    private static JsonArray SortPatches(IEnumerable<JsonObject> writes)
    {
        var result = new JsonArray();
        var run = new List<JsonObject>();
        foreach (var write in writes)
        {
            if (run.Count > 0 && run[0]["verb"]!.GetValue<string>() != write["verb"]!.GetValue<string>())
            {
                Flush();
            }

            run.Add(write);
        }

        Flush();
        return result;

        void Flush()
        {
            foreach (var write in run.OrderBy(static item => item["resource"]!.GetValue<string>(), StringComparer.Ordinal)
                .ThenBy(static item => item["name"]!.GetValue<string>(), StringComparer.Ordinal))
            {
                result.Add(write.DeepClone());
            }

            run.Clear();
        }
    }

    private sealed class World : ICollectionQueue, IMetadataClient
    {
        private const int Retries = 2;

        private readonly RecordedServer _server;
        private readonly DependencyGraph _graph = new();
        private readonly Queue<(MetadataObject? Old, MetadataObject? New)> _changes = new();
        private readonly List<CollectionItem> _checks = [];
        private readonly List<CollectionItem> _filed = [];
        private readonly List<CollectionItem> _orphans = [];
        private readonly List<(CollectionItem Item, bool IsOrphan)> _later = [];

        public World(RecordedServer server)
        {
            _server = server;
            server.Changed = (_, old, tree) => _changes.Enqueue((Metadata(old), Metadata(tree)));
        }

        public List<JsonObject> Events { get; } = [];

        public void Add(JsonObject tree) => _changes.Enqueue((null, Metadata(tree)));

        public void Check(CollectionItem item) => _filed.Add(item);

        public void CheckLater(CollectionItem item) => AddLater(item, isOrphan: false);

        public void Orphan(CollectionItem item) => AddOnce(_orphans, item);

        public void Act(JsonElement action)
        {
            var kind = new RecordedKind(action.GetProperty("apiVersion").GetString()!, action.GetProperty("kind").GetString()!);
            var space = action.GetProperty("namespace").GetString() ?? "";
            var name = action.GetProperty("name").GetString()!;
            if (action.GetProperty("op").GetString() == "delete")
            {
                var policy = action.TryGetProperty("propagationPolicy", out var value) ? value.GetString() : null;
                _server.Delete(kind, space, name, new() { PropagationPolicy = policy }, isRecorded: false);
            }
            else
            {
                _server.RemoveFinalizer(kind, space, name, action.GetProperty("finalizer").GetString()!);
            }
        }

        /// <summary>Works until nothing is left but what has to wait.</summary>
        public JsonObject Run()
        {
            _server.Writes.Clear();
            var worker = new CollectionWorker(_graph, this, this);
            for (var retries = 0; Step(worker) || (retries++ < Retries && Retry());)
            {
                FileInOrder();
            }

            foreach (var (dependent, message) in _graph.Reports)
            {
                Events.Add(new()
                {
                    ["on"] = $"{dependent.Kind}/{dependent.Name}",
                    ["type"] = "Warning",
                    ["reason"] = "OwnerRefInvalidNamespace",
                    ["message"] = message,
                });
            }

            _graph.Reports.Clear();
            return new()
            {
                ["writes"] = SortPatches(_server.Writes.Select(static write => write.ToJson())),
                ["remaining"] = List(_server.All.Select(static item => Remaining(item.Kind, item.Tree))),
                ["graph"] = List(_graph.Nodes.Select(static node =>
                    $"{node.Identity.Kind}/{node.Identity.Namespace}/{node.Identity.Name}/{node.Identity.Uid}{(node.IsVirtual ? " virtual" : "")}")),
                ["waitingRetry"] = _later.Count,
            };
        }

        public bool? IsNamespaced(string apiVersion, string kind)
        {
            var known = new RecordedKind(apiVersion, kind);
            return known.Model is not null || (known.IsCustom && kind is "Widget" or "ClusterWidget") ? known.IsNamespaced : null;
        }

        public MetadataObject? Get(string apiVersion, string kind, string space, string name) =>
            Metadata(_server.Find(new(apiVersion, kind), space, name));

        public ApiStatus? Patch(ObjectIdentity item, PatchType type, string patch) => _server.Patch(
            new(item.ApiVersion, item.Kind), item.Namespace, item.Name, type, JsonNode.Parse(patch)!.AsObject(), "").Refusal;

        public ApiStatus? Delete(ObjectIdentity item, DeleteOptions options) =>
            _server.Delete(new(item.ApiVersion, item.Kind), item.Namespace, item.Name, options).Refusal;

        private bool Step(CollectionWorker worker)
        {
            if (_changes.TryDequeue(out var change))
            {
                if (change.New is { } item)
                {
                    _graph.Note(item, change.Old, this);
                }
                else
                {
                    _graph.NoteGone(change.Old!.Identity, wasLookedUp: false, this);
                }

                return true;
            }

            if (_orphans.Count > 0)
            {
                var item = Take(_orphans);
                if (worker.Orphan(item))
                {
                    AddLater(item, isOrphan: true);
                }

                return true;
            }

            if (_checks.Count > 0)
            {
                var item = Take(_checks);
                if (worker.Check(item))
                {
                    AddLater(item, isOrphan: false);
                }

                return true;
            }

            return false;
        }

        // What one step files is in the order of kinds and names.
        private void FileInOrder()
        {
            foreach (var item in _filed.OrderBy(NameOf, StringComparer.Ordinal))
            {
                AddOnce(_checks, item);
            }

            _filed.Clear();
        }

        private string NameOf(CollectionItem item) => (item.Presumed ?? _graph.Find(item.Uid)?.Identity) is { } identity
            ? $"{identity.Kind}/{identity.Namespace}/{identity.Name}"
            : "";

        private bool Retry()
        {
            var waiting = _later.ToArray();
            _later.Clear();
            foreach (var (item, isOrphan) in waiting)
            {
                AddOnce(isOrphan ? _orphans : _checks, item);
            }

            return waiting.Length > 0;
        }

        private void AddLater(CollectionItem item, bool isOrphan)
        {
            if (!_later.Contains((item, isOrphan)))
            {
                _later.Add((item, isOrphan));
            }
        }

        private static void AddOnce(List<CollectionItem> list, CollectionItem item)
        {
            if (!list.Contains(item))
            {
                list.Add(item);
            }
        }

        private static CollectionItem Take(List<CollectionItem> list)
        {
            var item = list[0];
            list.RemoveAt(0);
            return item;
        }

        private static JsonArray? List(IEnumerable<string> lines)
        {
            JsonNode?[] sorted = [.. lines.Order(StringComparer.Ordinal).Select(static line => JsonValue.Create(line))];
            return sorted.Length == 0 ? null : new(sorted);
        }

        private static string Remaining(RecordedKind kind, JsonObject tree)
        {
            var item = Metadata(tree)!;
            var deleting = item.IsBeingDeleted ? " deleting" : "";
            var finalizers = item.Finalizers.IsEmpty ? "" : " " + string.Join('+', item.Finalizers);
            var owners = string.Join(',', item.Owners.Select(static owner => owner.Uid + (owner.BlockOwnerDeletion == true ? "!" : "")));
            return $"{kind.Resource}/{item.Identity.Namespace}/{item.Identity.Name}{deleting}{finalizers} owners[{owners}]";
        }

        private static MetadataObject? Metadata(JsonObject? tree)
        {
            if (tree is null)
            {
                return null;
            }

            // The metadata of any kind reads as a ConfigMap's.
            var carrier = new JsonObject { ["metadata"] = tree["metadata"]!.DeepClone() };
            var item = MetadataObject.Of(ModelJson.Object(carrier, ApiKind.Of<ConfigMap>()));
            var kind = RecordedServer.KindOf(tree);
            return item with { Identity = item.Identity with { ApiVersion = kind.ApiVersion, Kind = kind.Kind } };
        }
    }
}
