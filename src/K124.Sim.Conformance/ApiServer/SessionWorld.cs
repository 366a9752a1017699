using System.Text.Json.Nodes;
using K124.Sim.ControlPlane.Serving;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Protobuf;
using K124.Sim.Model;

namespace K124.Sim.Conformance.ApiServer;

/// <summary>What others did while a session was recorded, as far as its answers show it: a node joined, a status was reported, a pod was
/// bound and ended. An object that is read with a version that no request of the session made is taken over as it was read.</summary>
internal sealed class SessionWorld(ApiServerCore server, Symbols symbols, IEnumerable<string> lines)
{
    private const string Version = "resourceVersion";

    private readonly Lazy<Dictionary<string, JsonObject>> _objects = new(() => ObjectsByVersion(lines));
    private readonly Dictionary<(string Uid, string Version), string> _recordedVersions = [];

    /// <summary>Brings the server up to what a recorded answer to a read, or a recorded event, shows.</summary>
    public void Prepare(ApiRequest request, JsonObject expect)
    {
        if (request.Method != "GET" || ResourceOf(request) is not { } target)
        {
            return;
        }

        if (expect["bodyBase64"] is { } encoded && ProtobufBody.TryRead(Convert.FromBase64String(encoded.GetValue<string>()), out var tree))
        {
            PrepareProtobuf(target, tree, expect["status"]!.GetValue<int>());
            return;
        }

        foreach (var shown in ShownIn(expect["body"]))
        {
            TakeOver(target, shown);
        }
    }

    private void TakeOver(RequestTarget target, JsonObject shown)
    {
        var metadata = shown.Object("metadata");
        if (metadata.Text(Version) is not { Length: > 0 } version || !version.StartsWith("$rv:", StringComparison.Ordinal) || symbols.IsBound(version)
            || !_objects.Value.TryGetValue(version, out var whole))
        {
            return;
        }

        if (!IsAsRecorded(target, whole))
        {
            Write(target, (JsonObject)symbols.FillAll(whole));
        }
    }

    private bool IsAsRecorded(RequestTarget target, JsonObject recorded)
    {
        var metadata = recorded.Object("metadata");
        if (Find(target) is not { } resource || server.Store.Get(resource.Stored, new(symbols.Fill(metadata.Text("namespace")), symbols.Fill(metadata.Text("name")))) is not { } present)
        {
            return false;
        }

        var comparison = new AnswerComparison(symbols.Copy());
        comparison.Compare("", recorded, resource.FromStored(present));
        return comparison.Differences.Count == 0;
    }

    // Answers in protobuf have the versions of the recording: one of ours that stands for two of theirs was left behind.
    private void PrepareProtobuf(RequestTarget target, JsonObject tree, int status)
    {
        if (status == 404)
        {
            Finish(target);
            return;
        }

        var shown = tree["items"] is JsonArray items ? items.OfType<JsonObject>() : [tree];
        foreach (var item in shown)
        {
            var metadata = item.Object("metadata");
            var key = new ObjectKey(metadata.Text("namespace"), metadata.Text("name"));
            if (Find(target) is not { } resource || server.Store.Get(resource.Stored, key) is not { } present)
            {
                continue;
            }

            var version = (present.Tree.Object("metadata").Text("uid"), present.Tree.Object("metadata").Text(Version));
            var isBehind = _recordedVersions.TryGetValue(version, out var known) && known != metadata.Text(Version);
            if (isBehind)
            {
                item["kind"] = resource.Type.Kind;
                item["apiVersion"] = resource.Type.ApiVersion;
                Write(target, item);
                present = server.Store.Get(resource.Stored, key)!;
                version = (version.Item1, present.Tree.Object("metadata").Text(Version));
            }

            _recordedVersions[version] = metadata.Text(Version);
        }
    }

    /// <summary>Whoever runs a pod lets go of it in the end.</summary>
    private void Finish(RequestTarget target)
    {
        var key = new ObjectKey(target.Namespace, target.Name);
        if (target.Name.Length > 0 && Find(target) is { } resource && server.Store.Get(resource.Stored, key) is { } present
            && present.Tree.Object("metadata").Has("deletionTimestamp"))
        {
            server.Store.Delete(resource.Stored, key);
        }
    }

    private void Write(RequestTarget target, JsonObject tree)
    {
        if (Find(target) is not { } resource)
        {
            return;
        }

        var metadata = tree.Ensure("metadata");
        var key = new ObjectKey(metadata.Text("namespace"), metadata.Text("name"));
        var present = server.Store.Get(resource.Stored, key);
        foreach (var member in (ReadOnlySpan<string>)["uid", "creationTimestamp"])
        {
            if (present?.Tree.Object("metadata")?[member] is { } kept)
            {
                metadata[member] = kept.DeepClone();
            }
        }

        var stored = resource.ToStored(ObjectForms.Completed(resource.Type, tree));
        _ = present is null ? server.Store.Create(resource.Stored, key, stored) : server.Store.Update(resource.Stored, key, stored);
    }

    private ServedResource? Find(RequestTarget target) => server.Catalog.Find(target.Group, target.Version, target.Resource);

    private static RequestTarget? ResourceOf(ApiRequest request)
    {
        var target = RequestTarget.Of(request.Method, request.Path, new RequestQuery(request.Query));
        return target.IsResource && target.Subresource.Length == 0 ? target : null;
    }

    private static IEnumerable<JsonObject> ShownIn(JsonNode? body)
    {
        if (body is not JsonObject tree)
        {
            return [];
        }

        return tree["rows"] is JsonArray rows ? rows.Select(row => row?["object"]).OfType<JsonObject>()
            : tree["items"] is JsonArray items ? items.OfType<JsonObject>()
            : [tree];
    }

    private static Dictionary<string, JsonObject> ObjectsByVersion(IEnumerable<string> lines)
    {
        var result = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            foreach (var step in JsonNode.Parse(line)?["expect"]?["steps"] as JsonArray ?? [])
            {
                var events = (step?["events"] as JsonArray ?? []).Select(item => item?["object"]);
                foreach (var body in events.Append(step?["body"]))
                {
                    // Of a table only the metadata is there; of items kind and version are not.
                    if (body is JsonObject tree && tree["kind"] is not null && tree["rows"] is null && tree.Object("metadata").Text(Version) is { Length: > 0 } version)
                    {
                        result.TryAdd(version, tree);
                    }
                }
            }
        }

        return result;
    }
}
