using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Policy;

/// <summary>Rules of autoscalers.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/autoscaling/validation.</remarks>
internal static class AutoscalerRules
{
    private const long LongestWindow = 3600;
    private const long LongestPeriod = 1800;

    private static readonly string[] Kinds = ["object", "external", "pods", "resource", "containerResource"];
    private static readonly string[] Types = ["ContainerResource", "External", "Object", "Pods", "Resource"];

    /// <summary>Checks a specification in the form of <c>autoscaling/v2</c>.</summary>
    public static void Spec(JsonObject spec, FieldPath path, FieldErrors errors)
    {
        var min = spec.NumberOrNull("minReplicas");
        var max = spec.Number("maxReplicas");
        if (min < 1)
        {
            errors.Invalid(path.Child("minReplicas"), min.Value, "must be greater than or equal to 1");
        }

        if (max < 1)
        {
            errors.Invalid(path.Child("maxReplicas"), max, "must be greater than 0");
        }

        if (min is not null && max < min)
        {
            errors.Invalid(path.Child("maxReplicas"), max, "must be greater than or equal to `minReplicas`");
        }

        Reference(spec.Object("scaleTargetRef"), path.Child("scaleTargetRef"), errors);
        Metrics(spec.Objects("metrics"), path.Child("metrics"), min, errors);
        if (spec.Object("behavior") is { } behavior)
        {
            ScalingRules(behavior.Object("scaleUp"), path.Child("behavior", "scaleUp"), errors);
            ScalingRules(behavior.Object("scaleDown"), path.Child("behavior", "scaleDown"), errors);
        }
    }

    private static void Reference(JsonObject? reference, FieldPath path, FieldErrors errors)
    {
        foreach (var member in (ReadOnlySpan<string>)["kind", "name"])
        {
            var text = reference.Text(member);
            if (text.Length == 0)
            {
                errors.Required(path.Child(member));
            }
            else
            {
                errors.InvalidAll(path.Child(member), text, NameRules.PathSegment(text));
            }
        }
    }

    private static void Metrics(JsonObjects metrics, FieldPath path, long? min, FieldErrors errors)
    {
        var hasOutside = false;
        for (var i = 0; i < metrics.Count; i++)
        {
            Metric(metrics[i], path.Index(i), errors);
            hasOutside |= metrics[i].Text("type") is "Object" or "External";
        }

        if (min == 0 && !hasOutside)
        {
            errors.Forbidden(path, "must specify at least one Object or External metric to support scaling to zero replicas");
        }
    }

    private static void Metric(JsonObject metric, FieldPath path, FieldErrors errors)
    {
        var type = metric.Text("type");
        if (type.Length == 0)
        {
            errors.Required(path.Child("type"), "must specify a metric source type");
        }

        if (!Types.Contains(type))
        {
            errors.NotSupported(path.Child("type"), type, Types);
        }

        var expected = type switch
        {
            "Object" => "object",
            "Pods" => "pods",
            "Resource" => "resource",
            "External" => "external",
            "ContainerResource" => "containerResource",
            _ => null,
        };
        // Only the first source is looked into.
        var count = 0;
        foreach (var kind in Kinds)
        {
            if (metric.Object(kind) is { } source && count++ == 0)
            {
                Source(kind, source, path.Child(kind), errors);
            }
        }

        if (expected is null)
        {
            errors.NotSupported(path.Child("type"), type, Types);
        }
        else if (!metric.Has(expected))
        {
            errors.Required(
                path.Child(expected),
                expected == "containerResource"
                    ? "must populate information for the given metric source (only allowed when HPAContainerMetrics feature is enabled)"
                    : "must populate information for the given metric source");
        }

        foreach (var kind in Kinds)
        {
            if (count > 1 && kind != expected && metric.Has(kind))
            {
                errors.Forbidden(path.Child(kind), "must populate the given metric source only");
            }
        }
    }

    private static void Source(string kind, JsonObject source, FieldPath path, FieldErrors errors)
    {
        var target = source.Object("target");
        switch (kind)
        {
            case "object":
                Reference(source.Object("describedObject"), path.Child("describedObject"), errors);
                Identifier(source.Object("metric"), path.Child("metric"), errors);
                Target(target, path.Child("target"), errors);
                if (!target.Has("value") && !target.Has("averageValue"))
                {
                    errors.Required(path.Child("target", "averageValue"), "must set either a target value or averageValue");
                }

                break;
            case "external":
                Identifier(source.Object("metric"), path.Child("metric"), errors);
                Target(target, path.Child("target"), errors);
                External(target, path.Child("target"), errors);
                break;
            case "pods":
                Identifier(source.Object("metric"), path.Child("metric"), errors);
                Target(target, path.Child("target"), errors);
                if (Read(target, "averageValue") is not { } average || average <= default(Quantity))
                {
                    errors.Required(path.Child("target", "averageValue"), "must specify a positive target averageValue");
                }

                break;
            default:
                Resource(source, path, errors);
                break;
        }
    }

    private static void External(JsonObject? target, FieldPath path, FieldErrors errors)
    {
        if (!target.Has("value") && !target.Has("averageValue"))
        {
            errors.Required(path.Child("averageValue"), "must set either a target value for metric or a per-pod target");
        }

        if (target.Has("value") && target.Has("averageValue"))
        {
            errors.Forbidden(path.Child("value"), "may not set both a target value for metric and a per-pod target");
        }
    }

    private static void Resource(JsonObject source, FieldPath path, FieldErrors errors)
    {
        var target = source.Object("target");
        if (source.Text("name").Length == 0)
        {
            errors.Required(path.Child("name"), "must specify a resource name");
        }

        Target(target, path.Child("target"), errors);
        if (!target.Has("averageUtilization") && !target.Has("averageValue"))
        {
            errors.Required(path.Child("target", "averageUtilization"), "must set either a target raw value or a target utilization");
        }

        if (target.Has("averageUtilization") && target.Has("averageValue"))
        {
            errors.Forbidden(path.Child("target", "averageValue"), "may not set both a target raw value and a target utilization");
        }
    }

    private static void Target(JsonObject? target, FieldPath path, FieldErrors errors)
    {
        var type = target.Text("type");
        if (type.Length == 0)
        {
            errors.Required(path.Child("type"), "must specify a metric target type");
        }

        if (type is not ("Utilization" or "Value" or "AverageValue"))
        {
            errors.Invalid(path.Child("type"), type, "must be either Utilization, Value, or AverageValue");
        }

        Positive(target, "value", path, errors);
        Positive(target, "averageValue", path, errors);
        if (target.NumberOrNull("averageUtilization") is { } utilization and < 1)
        {
            errors.Invalid(path.Child("averageUtilization"), utilization, "must be greater than 0");
        }
    }

    private static void Positive(JsonObject? target, string member, FieldPath path, FieldErrors errors)
    {
        if (Read(target, member) is { } value && value <= default(Quantity))
        {
            errors.InvalidPrinted(path.Child(member), $"resource.Quantity{{s:\"{value}\"}}", "must be positive");
        }
    }

    private static Quantity? Read(JsonObject? target, string member) =>
        target.TextOrNull(member) is { } text ? Quantities.Read(text) : null;

    private static void Identifier(JsonObject? metric, FieldPath path, FieldErrors errors)
    {
        var name = metric.Text("name");
        if (name.Length == 0)
        {
            errors.Required(path.Child("name"), "must specify a metric name");
        }
        else
        {
            errors.InvalidAll(path.Child("name"), name, NameRules.PathSegment(name));
        }
    }

    private static void ScalingRules(JsonObject? rules, FieldPath path, FieldErrors errors)
    {
        if (rules is null)
        {
            return;
        }

        if (rules.NumberOrNull("stabilizationWindowSeconds") is { } window)
        {
            if (window < 0)
            {
                errors.Invalid(path.Child("stabilizationWindowSeconds"), window, "must be greater than or equal to zero");
            }

            if (window > LongestWindow)
            {
                errors.Invalid(path.Child("stabilizationWindowSeconds"), window, $"must be less than or equal to {LongestWindow}");
            }
        }

        if (rules.TextOrNull("selectPolicy") is { } select && select is not ("Disabled" or "Max" or "Min"))
        {
            errors.NotSupported(path.Child("selectPolicy"), select, "Disabled", "Max", "Min");
        }

        var policies = rules.Objects("policies");
        if (policies.Count == 0)
        {
            errors.Required(path.Child("policies"), "must specify at least one Policy");
        }

        for (var i = 0; i < policies.Count; i++)
        {
            Policy(policies[i], path.Child("policies").Index(i), errors);
        }
    }

    private static void Policy(JsonObject policy, FieldPath path, FieldErrors errors)
    {
        if (policy.Text("type") is not ("Percent" or "Pods"))
        {
            errors.NotSupported(path.Child("type"), policy.Text("type"), "Percent", "Pods");
        }

        if (policy.Number("value") <= 0)
        {
            errors.Invalid(path.Child("value"), policy.Number("value"), "must be greater than zero");
        }

        var period = policy.Number("periodSeconds");
        if (period <= 0)
        {
            errors.Invalid(path.Child("periodSeconds"), period, "must be greater than zero");
        }

        if (period > LongestPeriod)
        {
            errors.Invalid(path.Child("periodSeconds"), period, $"must be less than or equal to {LongestPeriod}");
        }
    }
}
