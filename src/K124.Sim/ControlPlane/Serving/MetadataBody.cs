using System.Text.Json.Nodes;
using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Objects reduced to their metadata.</summary>
internal static class MetadataBody
{
    public const string Kind = "PartialObjectMetadata";

    public static JsonObject Of(JsonObject item, string version) => new()
    {
        ["kind"] = Kind,
        ["apiVersion"] = $"meta.k8s.io/{version}",
        ["metadata"] = item.Object("metadata")?.DeepClone() ?? new JsonObject { ["creationTimestamp"] = null },
    };

    public static JsonObject Of(ListBody list, string version) => new()
    {
        ["kind"] = Kind + "List",
        ["apiVersion"] = $"meta.k8s.io/{version}",
        ["metadata"] = list.ShapeMetadata(),
        ["items"] = new JsonArray([.. list.InternalItems.Select(item => Of(item, version))]),
    };
}
