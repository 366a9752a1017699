using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Conformance.Controllers.Harness;

/// <summary>An informer's cache that does not change.</summary>
/// <param name="trees">Its objects.</param>
internal sealed class CachedObjects(IEnumerable<JsonObject> trees) : IObjectReader
{
    private readonly Dictionary<ApiKind, SortedDictionary<ObjectKey, IApiObject>> _byKind = Read(trees);

    public static bool IsFiled(IApiObject item, ObjectIndex index, string value) => index switch
    {
        ObjectIndex.Namespace => item.Metadata.Namespace == value,
        ObjectIndex.Controller => ControllerReference.ControllerOf(item)?.Uid == value,
        ObjectIndex.Orphan => ControllerReference.ControllerOf(item) is null && item.Metadata.Namespace == value,
        ObjectIndex.Node => item is Pod pod && pod.Spec.NodeName == value,
        _ => false,
    };

    public IApiObject? Get(ApiKind kind, ObjectKey key) => _byKind.TryGetValue(kind, out var objects) ? objects.GetValueOrDefault(key) : null;

    public IEnumerable<IApiObject> List(ApiKind kind) => _byKind.TryGetValue(kind, out var objects) ? objects.Values : [];

    public IEnumerable<IApiObject> List(ApiKind kind, ObjectIndex index, string value) => List(kind).Where(item => IsFiled(item, index, value));

    private static Dictionary<ApiKind, SortedDictionary<ObjectKey, IApiObject>> Read(IEnumerable<JsonObject> trees)
    {
        var byKind = new Dictionary<ApiKind, SortedDictionary<ObjectKey, IApiObject>>();
        foreach (var tree in trees)
        {
            if (RecordedServer.KindOf(tree).Model is { } kind)
            {
                var item = ModelJson.Object(tree, kind);
                if (!byKind.TryGetValue(kind, out var objects))
                {
                    objects = [];
                    byKind.Add(kind, objects);
                }

                objects[ObjectKey.Of(item)] = item;
            }
        }

        return byKind;
    }
}
