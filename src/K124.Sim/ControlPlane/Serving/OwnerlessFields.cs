using K124.Sim.Kinds;
using K124.Sim.Patching.Fields;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Fields that a write cannot set, because the kind puts them back: nobody comes to own them.</summary>
/// <remarks>Kubernetes 1.24, GetResetFields of the strategies.</remarks>
internal static class OwnerlessFields
{
    public static IReadOnlyDictionary<string, FieldSet> Of(ResourceType type, string subresource)
    {
        var fields = subresource switch
        {
            "" => OfObject(type),
            "status" => OfStatus(type),
            _ => FieldSet.Empty,
        };
        return new Dictionary<string, FieldSet>(StringComparer.Ordinal) { [type.ApiVersion] = fields };
    }

    private static FieldSet OfObject(ResourceType type) => type.HasSubresource("status") ? FieldSet.OfFields("status") : FieldSet.Empty;

    private static FieldSet OfStatus(ResourceType type) => type.Plural switch
    {
        "pods" => FieldSet.OfFields("spec").Union(FieldSet.OfFields("metadata", "deletionTimestamp")).Union(FieldSet.OfFields("metadata", "ownerReferences")),
        "deployments" => FieldSet.OfFields("spec").Union(FieldSet.OfFields("metadata", "labels")),
        "volumeattachments" or "customresourcedefinitions" => FieldSet.OfFields("spec").Union(FieldSet.OfFields("metadata")),
        "certificatesigningrequests" => FieldSet.OfFields("spec").Union(FieldSet.OfFields("status", "conditions")),
        _ => FieldSet.OfFields("spec"),
    };
}
