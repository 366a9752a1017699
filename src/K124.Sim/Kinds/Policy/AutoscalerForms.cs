using System.Text.Json;
using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Policy;

/// <summary>Specifications of autoscalers in the form of <c>autoscaling/v2</c>.</summary>
internal static class AutoscalerForms
{
    private const string MetricsKey = "autoscaling.alpha.kubernetes.io/metrics";
    private const string BehaviorKey = "autoscaling.alpha.kubernetes.io/behavior";

    /// <summary>The specification of an object of any version.</summary>
    /// <param name="tree">The object.</param>
    /// <returns>The specification; for an older version a translation of it.</returns>
    public static JsonObject SpecOf(JsonObject tree)
    {
        var spec = tree.Object("spec") ?? [];
        return tree.Text("apiVersion") switch
        {
            "autoscaling/v1" => FromV1(spec, tree.Object("metadata", "annotations")),
            "autoscaling/v2beta1" => FromBeta(spec),
            _ => spec,
        };
    }

    private static JsonObject FromV1(JsonObject spec, JsonObject? annotations)
    {
        var result = spec.DeepClone().AsObject();
        var metrics = new JsonArray();
        if (spec.NumberOrNull("targetCPUUtilizationPercentage") is { } utilization)
        {
            metrics.Add((JsonNode)new JsonObject
            {
                ["type"] = "Resource",
                ["resource"] = new JsonObject
                {
                    ["name"] = "cpu",
                    ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = utilization },
                },
            });
        }

        // Metrics of other kinds travel in an annotation, in the form of an older version.
        foreach (var metric in new JsonObjects(Parse(annotations.Text(MetricsKey)) as JsonArray))
        {
            metrics.Add((JsonNode)MetricFromBeta(metric));
        }

        if (Parse(annotations.Text(BehaviorKey)) is JsonObject behavior)
        {
            result["behavior"] = behavior;
        }

        result["metrics"] = metrics;
        return result;
    }

    private static JsonObject FromBeta(JsonObject spec)
    {
        var result = spec.DeepClone().AsObject();
        var metrics = new JsonArray();
        foreach (var metric in spec.Objects("metrics"))
        {
            metrics.Add((JsonNode)MetricFromBeta(metric));
        }

        result["metrics"] = metrics;
        return result;
    }

    private static JsonObject MetricFromBeta(JsonObject metric)
    {
        var result = new JsonObject();
        result.CopyFrom(metric, "type");
        if (metric.Object("resource") is { } resource)
        {
            result["resource"] = Source(resource, "name", resource.Has("targetAverageUtilization") ? "Utilization" : "AverageValue");
        }

        foreach (var kind in (ReadOnlySpan<string>)["pods", "external", "object"])
        {
            if (metric.Object(kind) is { } source)
            {
                result[kind] = Source(source, "metricName", source.Has("targetValue") ? "Value" : "AverageValue");
            }
        }

        return result;
    }

    private static JsonObject Source(JsonObject source, string nameMember, string targetType)
    {
        var target = new JsonObject { ["type"] = targetType };
        Move(source, "targetAverageUtilization", target, "averageUtilization");
        Move(source, "targetAverageValue", target, "averageValue");
        Move(source, "averageValue", target, "averageValue");
        Move(source, "targetValue", target, "value");
        var result = new JsonObject { ["target"] = target };
        if (nameMember == "name")
        {
            Move(source, "name", result, "name");
            return result;
        }

        var metric = new JsonObject();
        Move(source, nameMember, metric, "name");
        Move(source, "selector", metric, "selector");
        Move(source, "metricSelector", metric, "selector");
        result["metric"] = metric;
        Move(source, "target", result, "describedObject");
        return result;
    }

    private static void Move(JsonObject source, string member, JsonObject into, string name)
    {
        if (source[member] is { } value)
        {
            into[name] = value.DeepClone();
        }
    }

    private static JsonNode? Parse(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
