using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

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
        if (tree["data"] is not { } data)
        {
            errors.Immutable(FieldPath.Of("data"), null);
            return;
        }

        // Data are compared byte by byte, and a patch writes them anew: data that a client sent with blanks can only be sent so again.
        var sent = context.SentRaw ?? GoJson.Write(data);
        if (sent != (context.StoredRaw ?? GoJson.Write(old["data"])))
        {
            errors.ImmutablePrinted(FieldPath.Of("data"), GoStruct.PrintRaw(sent));
        }
    }
}
