using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Workloads;

/// <summary>ControllerRevisions.</summary>
internal sealed class ControllerRevisionStrategy : KindStrategy
{
    /// <inheritdoc/>
    public override string Group => "apps";

    /// <inheritdoc/>
    public override string Kind => "ControllerRevision";

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        if (!tree.Has("data"))
        {
            errors.Required(FieldPath.Of("data"), "data is mandatory");
        }

        errors.NotNegative(FieldPath.Of("revision"), tree.Number("revision"));
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        Validate(tree, context, errors);

        // Data that went through a patch never compares as the same: 1.24 refuses every patch.
        if (context.IsPatch || !JsonNode.DeepEquals(tree["data"], old["data"]))
        {
            errors.ImmutablePrinted(FieldPath.Of("data"), GoStructs.Print("runtime.Unknown", tree["data"]));
        }
    }
}
