using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Kinds.Workloads;

namespace K124.Sim.Kinds.Policy;

/// <summary>PodDisruptionBudgets.</summary>
internal sealed class PodDisruptionBudgetStrategy : KindStrategy
{
    private static readonly FieldPath SpecPath = FieldPath.Of("spec");

    /// <inheritdoc/>
    public override string Group => "policy";

    /// <inheritdoc/>
    public override string Kind => "PodDisruptionBudget";

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override string GenerationMember => "spec";

    /// <inheritdoc/>
    public override bool AllowsUnconditionalUpdate => false;

    /// <inheritdoc/>
    public override string[] NameErrors(string name, bool isPrefix) => Text.NameRules.PathSegment(name, isPrefix);

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors) => Spec(tree.Object("spec"), errors);

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors) =>
        Spec(tree.Object("spec"), errors);

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        var status = tree.Object("status");
        ConditionRules.Conditions(status.Objects("conditions"), FieldPath.Of("status").Child("conditions"), errors);
        StatusCounters.NotNegative(status, errors, "disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods");
    }

    private static void Spec(JsonObject? spec, FieldErrors errors)
    {
        if (spec.Has("minAvailable") && spec.Has("maxUnavailable"))
        {
            errors.InvalidValue(SpecPath, spec, "minAvailable and maxUnavailable cannot be both set");
        }

        foreach (var member in (ReadOnlySpan<string>)["minAvailable", "maxUnavailable"])
        {
            if (spec.Has(member))
            {
                RolloutRules.NumberOrPercent(spec![member], SpecPath.Child(member), errors);
                RolloutRules.NotMoreThanWhole(spec[member], SpecPath.Child(member), errors);
            }
        }

        LabelRules.Selector(spec.Object("selector"), SpecPath.Child("selector"), errors);
    }
}
