using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Workloads;

/// <summary>Deployments.</summary>
internal sealed class DeploymentStrategy : WorkloadStrategy
{
    private const string Quarter = "25%";

    /// <inheritdoc/>
    public override string Group => "apps";

    /// <inheritdoc/>
    public override string Kind => "Deployment";

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        base.PrepareForUpdate(tree, old, context);
        var type = SchemaFacts.Instance.Type("apimachinery.pkg.apis.meta.v1.ObjectMeta");
        if (!SchemaEquality.MemberEquals(type, tree.Object("metadata"), old.Object("metadata"), "annotations"))
        {
            BumpGeneration(tree, old);
        }
    }

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        base.PrepareForStatusUpdate(tree, old, context);
        tree.Ensure("metadata").CopyFrom(old.Object("metadata"), "labels");
    }

    /// <inheritdoc/>
    protected override void DefaultSpec(JsonObject tree, JsonObject spec)
    {
        spec.Default("replicas", 1);
        var strategy = spec.Ensure("strategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            var rolling = strategy.Ensure("rollingUpdate");
            rolling.Default("maxUnavailable", Quarter);
            rolling.Default("maxSurge", Quarter);
        }

        spec.Default("revisionHistoryLimit", 10);
        spec.Default("progressDeadlineSeconds", 600);
    }

    /// <inheritdoc/>
    protected override void ValidateSpec(JsonObject spec, KindContext context, FieldErrors errors)
    {
        errors.NotNegative(SpecPath.Child("replicas"), spec.NumberOrNull("replicas"));
        if (Selector(spec, "empty selector is invalid for deployment", "invalid label selector", errors))
        {
            ReplicaSetStrategy.Template(spec, spec.Number("replicas"), context, errors);
        }

        Strategy(spec.Object("strategy") ?? [], SpecPath.Child("strategy"), errors);
        errors.NotNegative(SpecPath.Child("minReadySeconds"), spec.Number("minReadySeconds"));
        errors.NotNegative(SpecPath.Child("revisionHistoryLimit"), spec.NumberOrNull("revisionHistoryLimit"));
        if (spec.NumberOrNull("progressDeadlineSeconds") is { } deadline)
        {
            errors.NotNegative(SpecPath.Child("progressDeadlineSeconds"), deadline);
            if (deadline <= spec.Number("minReadySeconds"))
            {
                errors.Invalid(SpecPath.Child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds");
            }
        }
    }

    /// <inheritdoc/>
    protected override void ValidateStatus(JsonObject? status, JsonObject? old, FieldErrors errors)
    {
        StatusCounters.NotNegative(
            status, errors, "observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas", "collisionCount");
        StatusCounters.WithinReplicas(status, errors, "updatedReplicas", "readyReplicas", "availableReplicas");
        StatusCounters.Collisions(status, old, errors);
    }

    private static void Strategy(JsonObject strategy, FieldPath path, FieldErrors errors)
    {
        switch (strategy.Text("type"))
        {
            case "Recreate":
                if (strategy.Has("rollingUpdate"))
                {
                    errors.Forbidden(path.Child("rollingUpdate"), "may not be specified when strategy `type` is 'Recreate'");
                }

                break;
            case "RollingUpdate":
                Rolling(strategy.Object("rollingUpdate"), path.Child("rollingUpdate"), errors);
                break;
            default:
                errors.NotSupportedPrinted(path, GoSyntax.Print(strategy), "Recreate", "RollingUpdate");
                break;
        }
    }

    private static void Rolling(JsonObject? rolling, FieldPath path, FieldErrors errors)
    {
        var unavailable = rolling?["maxUnavailable"];
        var surge = rolling?["maxSurge"];
        RolloutRules.NumberOrPercent(unavailable, path.Child("maxUnavailable"), errors);
        RolloutRules.NumberOrPercent(surge, path.Child("maxSurge"), errors);
        if (RolloutRules.Amount(unavailable) == 0 && RolloutRules.Amount(surge) == 0)
        {
            errors.InvalidPrinted(path.Child("maxUnavailable"), RolloutRules.Printed(unavailable), "may not be 0 when `maxSurge` is 0");
        }

        RolloutRules.NotMoreThanWhole(unavailable, path.Child("maxUnavailable"), errors);
    }
}
