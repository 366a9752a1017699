using System.Collections.Frozen;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Tables;
using K124.Sim.Patching.Apply;
using K124.Sim.Patching.Typing;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>A resource that 1.24 brings along.</summary>
internal sealed class BuiltInResource : ServedResource
{
    private static readonly FrozenSet<string> ReturnedByDeletion = FrozenSet.ToFrozenSet(
        [
            "pods", "services", "serviceaccounts", "persistentvolumes", "persistentvolumeclaims", "podtemplates", "resourcequotas", "namespaces",
            "podsecuritypolicies", "storageclasses", "csidrivers", "csinodes", "volumeattachments",
        ],
        StringComparer.Ordinal);

    private readonly string _storageVersion;
    private readonly Dictionary<string, FieldManager> _owners = new(StringComparer.Ordinal);

    public BuiltInResource(ResourceType type, StoreResource stored)
        : base(type, stored)
    {
        _storageVersion = StoredVersions.ApiVersionOf(type);
        Fields = SelectableFields.Of(type.Group, type.Kind);
        Printer = TablePrinters.For(type.Group, type.Kind);
        Deprecation = Deprecations.Of(type);
    }

    public override bool DeletionReturnsObject => ReturnedByDeletion.Contains(Type.Plural);

    public override bool OrphansByDefault => (Type.ApiVersion, Type.Plural) is
        ("v1", "replicationcontrollers") or ("batch/v1", "jobs") or ("batch/v1beta1", "cronjobs");

    public override SelectableFields Fields { get; }

    public override TablePrinter Printer { get; }

    public override string Deprecation { get; }

    public override JsonObject FromStored(StoredObject item) => VersionConversion.Convert(item.Tree, _storageVersion, Type);

    public override JsonObject ToStored(JsonObject tree) => VersionConversion.ToStorage(tree, _storageVersion, Type);

    public override JsonObject Internal(JsonObject tree)
    {
        if (Type is { Group: "autoscaling" } && Type.Version != "v2")
        {
            return VersionConversion.Between(tree, Type, "autoscaling/v2") ?? tree;
        }

        if (Type is not { Group: "apps", Plural: "daemonsets" } || !tree.Object("metadata", "annotations").Has(ApiServerCore.TemplateGeneration))
        {
            return tree;
        }

        // The generation of the template is an annotation in this version alone.
        var copy = (JsonObject)tree.DeepClone();
        var annotations = copy.Object("metadata", "annotations")!;
        annotations.Remove(ApiServerCore.TemplateGeneration);
        if (annotations.Count == 0)
        {
            copy.Object("metadata")!.Remove("annotations");
        }

        return copy;
    }

    public override JsonObject Empty()
    {
        var tree = new JsonObject { ["kind"] = Type.Kind, ["apiVersion"] = Type.ApiVersion };
        ObjectWriter.Complete(Type.Schema!, tree);
        return tree;
    }

    public override ApiResult<JsonObject> Create(WriteRequest request, KindContext context) => ObjectPipeline.Create(request, context);

    public override ApiResult<JsonObject> Update(WriteRequest request, JsonObject? stored, KindContext context) =>
        ObjectPipeline.Update(request, stored, context);

    public override string? DecodingError(JsonNode? document)
    {
        ObjectDecoder.Decode(Type.Schema!, document, out var error);
        return error;
    }

    public override FieldManager Owners(string subresource)
    {
        if (!_owners.TryGetValue(subresource, out var owners))
        {
            owners = new(new()
            {
                ApiVersion = Type.ApiVersion,
                Kind = Type.Kind,
                Subresource = subresource,
                TypeOf = BuiltInTypes.Instance.Of,
                Convert = (tree, apiVersion) => VersionConversion.Between(tree, Type, apiVersion),
                ResetFields = Patching.Apply.ResetFields.Of(Type.Group, Type.Plural, subresource, [Type.ApiVersion]),
            });
            _owners.Add(subresource, owners);
        }

        return owners;
    }
}
