using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Kinds.CustomResources;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Tables;
using K124.Sim.Patching.Apply;
using K124.Sim.Patching.Fields;
using K124.Sim.Patching.Typing;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>A custom resource in one of its versions.</summary>
internal sealed class CustomResource : ServedResource
{
    private readonly CustomResourceKind _kind;
    private readonly Dictionary<string, FieldManager> _owners = new(StringComparer.Ordinal);

    public CustomResource(CustomResourceKind kind, StoreResource stored)
        : base(kind.Resource, stored)
    {
        _kind = kind;
        Printer = CustomResourceTable.Of(kind.Version.PrinterColumns);
        Deprecation = kind.Definition.WarningFor(kind.Version);
    }

    public CustomResourceDefinition Definition => _kind.Definition;

    public override bool IsCustom => true;

    public override SelectableFields Fields => SelectableFields.Custom;

    public override TablePrinter Printer { get; }

    public override string Deprecation { get; }

    public override SchemaType? Schema => null;

    public override IReadOnlyDictionary<string, FieldSet> ReplicasPaths
    {
        get
        {
            var paths = new Dictionary<string, FieldSet>(StringComparer.Ordinal);
            foreach (var version in Definition.ServedVersions)
            {
                if (version.Scale is { } scale)
                {
                    paths[$"{Definition.Group}/{version.Name}"] = FieldSet.OfFields(CustomResourceScale.Steps(scale.SpecPath));
                }
            }

            return paths;
        }
    }

    public override JsonObject FromStored(StoredObject item) => _kind.FromStorage(item.Tree);

    public override JsonObject ToStored(JsonObject tree) => _kind.ToStorage(tree);

    public override JsonObject Empty() => new() { ["apiVersion"] = Type.ApiVersion, ["kind"] = Type.Kind };

    public override ApiResult<JsonObject> Create(WriteRequest request, KindContext context) => CustomResourcePipeline.Create(_kind, request, context);

    public override ApiResult<JsonObject> Update(WriteRequest request, JsonObject? stored, KindContext context) =>
        CustomResourcePipeline.Update(_kind, request, stored, context);

    public override string? DecodingError(JsonNode? document)
    {
        if (document is not JsonObject tree)
        {
            return null;
        }

        _kind.Read(tree, out var error);
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
                TypeOf = TypeOf,
                Convert = Convert,
                ResetFields = _kind.HasStatus ? Patching.Apply.ResetFields.OfCustom(subresource, Type.ApiVersion) : new Dictionary<string, FieldSet>(StringComparer.Ordinal),
                TypesMayChange = true,
            });
            _owners.Add(subresource, owners);
        }

        return owners;
    }

    public override JsonObject? ScaleOf(JsonObject item, out ApiStatus? refusal)
    {
        refusal = null;
        var scale = _kind.Version.Scale!;
        if (scale.Replicas(item) is { } replicas)
        {
            return ScaleBody.Of(item, replicas, scale.StatusReplicas(item), scale.Selector(item));
        }

        refusal = StatusErrors.Internal($"the spec replicas field \"{scale.SpecPath}\" does not exist");
        return null;
    }

    public override void SetScale(JsonObject item, long replicas) => _kind.Version.Scale!.SetReplicas(item, replicas);

    private TypeShape? TypeOf(string apiVersion, string kind) =>
        Definition.ServedVersions.FirstOrDefault(version => $"{Definition.Group}/{version.Name}" == apiVersion) is { } found ? CustomTypes.Of(found) : null;

    private JsonObject? Convert(JsonObject tree, string apiVersion)
    {
        if (JsonTree.AsText(tree["apiVersion"]) == apiVersion)
        {
            return tree;
        }

        if (TypeOf(apiVersion, Type.Kind) is null)
        {
            return null;
        }

        var copy = (JsonObject)tree.DeepClone();
        copy["apiVersion"] = apiVersion;
        return copy;
    }
}
