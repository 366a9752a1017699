using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission;

namespace K124.Sim.Conformance.Kinds;

/// <summary>The objects that are there before a case.</summary>
internal sealed class KindsWorld : IObjectReader, INameSource
{
    private readonly Dictionary<(string Group, string Plural, string Namespace, string Name), JsonObject> _objects;

    private KindsWorld(Dictionary<(string Group, string Plural, string Namespace, string Name), JsonObject> objects) => _objects = objects;

    /// <summary>Reads the worlds that stand beside the cases.</summary>
    public static Dictionary<string, KindsWorld> ReadAll(JsonElement worlds) =>
        worlds.EnumerateObject().ToDictionary(world => world.Name, world => Make(world.Value), StringComparer.Ordinal);

    /// <summary>The same world, to be changed by one case.</summary>
    public KindsWorld Copy() => new(new(_objects));

    /// <inheritdoc/>
    public JsonObject? Get(string group, string plural, string ns, string name) => _objects.GetValueOrDefault((group, plural, ns, name));

    /// <inheritdoc/>
    public IReadOnlyList<JsonObject> List(string group, string plural, string ns) =>
    [
        .. _objects.Where(item => item.Key.Group == group && item.Key.Plural == plural && (ns.Length == 0 || item.Key.Namespace == ns))
            .OrderBy(item => item.Key.Namespace, StringComparer.Ordinal).ThenBy(item => item.Key.Name, StringComparer.Ordinal)
            .Select(item => item.Value),
    ];

    /// <inheritdoc/>
    public string NewUid() => "UID";

    /// <inheritdoc/>
    public string RandomSuffix(int length) => RecordedText.Letters;

    /// <summary>Stores an object.</summary>
    public void Put(ResourceType resource, JsonObject tree)
    {
        var metadata = tree["metadata"]!;
        var ns = (string?)metadata["namespace"] ?? "";
        _objects[(resource.Group, resource.Plural, ns, (string)metadata["name"]!)] = tree;
    }

    /// <summary>Surroundings of a request in this world.</summary>
    public KindContext Context(bool isDryRun) => new()
    {
        Objects = this,
        Now = RecordedText.Now,
        Names = this,
        IsDryRun = isDryRun,
        User = UserInfo.Admin with { Uid = "admin" },
    };

    /// <summary>The resource of an object's kind.</summary>
    /// <exception cref="JsonException">There is none.</exception>
    public static ResourceType ResourceOf(JsonNode? tree)
    {
        var apiVersion = (string?)tree?["apiVersion"] ?? "";
        var kind = (string?)tree?["kind"] ?? "";
        return ResourceTypes.Instance.TryGetKind(apiVersion, kind, out var resource)
            ? resource
            : throw new JsonException($"no kind {kind} in {apiVersion}");
    }

    private static KindsWorld Make(JsonElement objects)
    {
        var world = new KindsWorld([]);
        foreach (var name in (ReadOnlySpan<string>)["default", "kube-system", "kube-public", "kube-node-lease"])
        {
            world.Add(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } });
        }

        world.Add(SystemClass("system-node-critical", 2_000_001_000));
        world.Add(SystemClass("system-cluster-critical", 2_000_000_000));
        foreach (var item in objects.EnumerateArray())
        {
            world.Add(JsonNode.Parse(item.GetRawText())!.AsObject());
        }

        if (world.Get("", "namespaces", "", "terminating") is { } terminating)
        {
            terminating["metadata"]!["deletionTimestamp"] = RecordedText.Now;
            terminating["status"] = new JsonObject { ["phase"] = "Terminating" };
        }

        return world;
    }

    private static JsonObject SystemClass(string name, long value) => new()
    {
        ["apiVersion"] = "scheduling.k8s.io/v1",
        ["kind"] = "PriorityClass",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["value"] = value,
    };

    /// <summary>Makes an object as the server would, without asking admission.</summary>
    private void Add(JsonObject tree)
    {
        var resource = ResourceOf(tree);
        var context = new KindContext { Objects = this, Now = RecordedText.Now, Names = this, IsDryRun = false, Admission = new AdmissionChain([]) };
        var ns = (string?)tree["metadata"]!["namespace"] ?? "";
        var result = ObjectPipeline.Create(new() { Resource = resource, Namespace = ns, Body = tree }, context);

        // What the system makes for itself may break rules for users.
        Put(resource, result.Value ?? tree);
    }
}
