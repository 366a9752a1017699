using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Capacities that CSI drivers tell.</summary>
internal sealed class CSIStorageCapacityStrategy : KindStrategy
{
    /// <inheritdoc/>
    public override string Group => "storage.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "CSIStorageCapacity";

    /// <inheritdoc/>
    public override bool AllowsUnconditionalUpdate => false;

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        // 1.24 checks a new capacity twice and tells everything twice.
        ValidateContent(tree, errors);
        ValidateContent(tree, errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateContent(tree, errors);
        ValidateMetadataUpdate(tree, old, errors);
        foreach (var member in (ReadOnlySpan<string>)["nodeTopology", "storageClassName"])
        {
            if (!Same(tree, old, member))
            {
                errors.Immutable(FieldPath.Of(member), tree[member] ?? (member == "storageClassName" ? JsonValue.Create("") : null));
            }
        }
    }

    private void ValidateContent(JsonObject tree, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        LabelRules.Selector(tree.Object("nodeTopology"), FieldPath.Of("nodeTopology"), errors);
        var storageClass = tree.Text("storageClassName");
        errors.InvalidAll(FieldPath.Of("storageClassName"), storageClass, NameRules.Subdomain(storageClass));
        foreach (var member in (ReadOnlySpan<string>)["capacity", "maximumVolumeSize"])
        {
            if (tree.TextOrNull(member) is { } quantity)
            {
                QuantityRules.NotNegative(quantity, FieldPath.Of(member), errors);
            }
        }
    }
}
