using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Leases.</summary>
internal sealed class LeaseStrategy : KindStrategy
{
    /// <inheritdoc/>
    public override string Group => "coordination.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "Lease";

    /// <inheritdoc/>
    public override bool ChecksFinalizers => false;

    /// <inheritdoc/>
    public override bool AllowsCreateOnUpdate => true;

    /// <inheritdoc/>
    public override bool AllowsUnconditionalUpdate => false;

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        Spec(tree.Object("spec"), errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        Spec(tree.Object("spec"), errors);
    }

    private static void Spec(JsonObject? spec, FieldErrors errors)
    {
        if (spec.NumberOrNull("leaseDurationSeconds") is { } duration and <= 0)
        {
            errors.Invalid(FieldPath.Of("spec.leaseDurationSeconds"), duration, "must be greater than 0");
        }

        errors.NotNegative(FieldPath.Of("spec.leaseTransitions"), spec.NumberOrNull("leaseTransitions"));
    }
}
