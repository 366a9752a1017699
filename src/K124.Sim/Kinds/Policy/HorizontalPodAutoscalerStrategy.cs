using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Kinds.Workloads;

namespace K124.Sim.Kinds.Policy;

/// <summary>HorizontalPodAutoscalers. They are checked in the form of the newest version; the older ones are translated to and fro.</summary>
internal sealed class HorizontalPodAutoscalerStrategy : KindStrategy
{
    private const long DefaultUtilization = 80;
    private const long PolicySeconds = 15;

    /// <inheritdoc/>
    public override string Group => "autoscaling";

    /// <inheritdoc/>
    public override string Kind => "HorizontalPodAutoscaler";

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        var spec = tree.Ensure("spec");
        spec.Default("minReplicas", 1);
        if (version == "v1")
        {
            if (AutoscalerForms.SpecOf(tree).Count("metrics") == 0)
            {
                spec["targetCPUUtilizationPercentage"] = DefaultUtilization;
            }
        }
        else
        {
            if (spec.Count("metrics") == 0)
            {
                spec["metrics"] = new JsonArray(DefaultMetric(version));
            }

            DefaultBehavior(spec);
        }
    }

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        tree.Remove("status");
        DropContainerMetrics(tree);
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        AutoscalerRules.Spec(AutoscalerForms.SpecOf(tree), FieldPath.Of("spec"), errors);
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        tree.CopyFrom(old, "status");
        DropContainerMetrics(tree);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        AutoscalerRules.Spec(AutoscalerForms.SpecOf(tree), FieldPath.Of("spec"), errors);
    }

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        StatusCounters.NotNegative(tree.Object("status"), errors, "currentReplicas", "desiredReplicas");
    }

    /// <inheritdoc/>
    public override void ReadBack(JsonObject tree, JsonObject? old, KindContext context)
    {
        if (tree.Text("apiVersion") == "autoscaling/v2")
        {
            AutoscalerStorage.ReadBack(tree, context.IsDryRun ? old : null);
        }
    }

    private static JsonObject DefaultMetric(string version) => version == "v2beta1"
        ? new JsonObject
        {
            ["type"] = "Resource",
            ["resource"] = new JsonObject { ["name"] = "cpu", ["targetAverageUtilization"] = DefaultUtilization },
        }
        : new JsonObject
        {
            ["type"] = "Resource",
            ["resource"] = new JsonObject
            {
                ["name"] = "cpu",
                ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = DefaultUtilization },
            },
        };

    private static void DefaultBehavior(JsonObject spec)
    {
        if (spec.Object("behavior") is not { } behavior)
        {
            return;
        }

        var up = behavior.Ensure("scaleUp");
        up.Default("stabilizationWindowSeconds", 0);
        Rules(up, Policy("Pods", 4), Policy("Percent", 100));
        Rules(behavior.Ensure("scaleDown"), Policy("Percent", 100));
    }

    private static void Rules(JsonObject rules, params JsonNode?[] policies)
    {
        rules.Default("selectPolicy", "Max");
        if (!rules.ContainsKey("policies"))
        {
            rules["policies"] = new JsonArray(policies);
        }
    }

    private static JsonObject Policy(string type, long value) => new() { ["type"] = type, ["value"] = value, ["periodSeconds"] = PolicySeconds };

    // Their feature gate is off.
    private static void DropContainerMetrics(JsonObject tree)
    {
        foreach (var metric in tree.Object("spec").Objects("metrics"))
        {
            metric.Remove("containerResource");
        }
    }
}
