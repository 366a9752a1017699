using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>HorizontalPodAutoscalers: v1 knows one metric by name and keeps the rest as JSON in annotations; the beta versions spell metrics otherwise.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/autoscaling/*/conversion.go.</remarks>
internal static class AutoscalerConversion
{
    private const string Metrics = "autoscaling.alpha.kubernetes.io/metrics";
    private const string CurrentMetrics = "autoscaling.alpha.kubernetes.io/current-metrics";
    private const string Conditions = "autoscaling.alpha.kubernetes.io/conditions";
    private const string Behavior = "autoscaling.alpha.kubernetes.io/behavior";

    public static void Convert(JsonObject tree, string from, string to)
    {
        if (from == "autoscaling/v1")
        {
            FromFirst(tree);
        }
        else if (to == "autoscaling/v1")
        {
            ToFirst(tree);
        }
    }

    private static void ToFirst(JsonObject tree)
    {
        var metadata = tree.Ensure("metadata");
        var spec = tree.Ensure("spec");
        var others = new JsonArray();
        foreach (var metric in spec.Objects("metrics"))
        {
            if (IsUtilizationOfCpu(metric, "target", out var utilization))
            {
                spec["targetCPUUtilizationPercentage"] = utilization;
            }
            else
            {
                others.Add(metric.DeepClone());
            }
        }

        spec.Remove("metrics");
        Keep(metadata, Metrics, others);
        if (spec.Remove("behavior", out var behavior))
        {
            Keep(metadata, Behavior, behavior);
        }

        var status = tree.Object("status");
        if (status is null)
        {
            return;
        }

        var currentOthers = new JsonArray();
        foreach (var metric in status.Objects("currentMetrics"))
        {
            if (IsUtilizationOfCpu(metric, "current", out var utilization))
            {
                status["currentCPUUtilizationPercentage"] = utilization;
            }
            else
            {
                currentOthers.Add(metric.DeepClone());
            }
        }

        status.Remove("currentMetrics");
        Keep(metadata, CurrentMetrics, currentOthers);
        if (status.Remove("conditions", out var conditions))
        {
            Keep(metadata, Conditions, conditions);
        }
    }

    private static void FromFirst(JsonObject tree)
    {
        var annotations = tree.Object("metadata").Object("annotations");
        var spec = tree.Ensure("spec");
        var metrics = Take(annotations, Metrics) as JsonArray ?? [];
        if (spec.Remove("targetCPUUtilizationPercentage", out var target))
        {
            metrics.Insert(0, CpuMetric("target", new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = target }));
        }

        if (metrics.Count > 0)
        {
            spec["metrics"] = metrics;
        }

        if (Take(annotations, Behavior) is { } behavior)
        {
            spec["behavior"] = behavior;
        }

        var status = tree.Ensure("status");
        var current = Take(annotations, CurrentMetrics) as JsonArray ?? [];
        if (status.Remove("currentCPUUtilizationPercentage", out var utilization))
        {
            current.Insert(0, CpuMetric("current", new JsonObject { ["averageUtilization"] = utilization }));
        }

        if (current.Count > 0)
        {
            status["currentMetrics"] = current;
        }

        if (Take(annotations, Conditions) is { } conditions)
        {
            status["conditions"] = conditions;
        }

        if (annotations is { Count: 0 })
        {
            tree.Object("metadata")!.Remove("annotations");
        }
    }

    private static JsonObject CpuMetric(string member, JsonObject value) => new()
    {
        ["type"] = "Resource",
        ["resource"] = new JsonObject { ["name"] = "cpu", [member] = value },
    };

    private static bool IsUtilizationOfCpu(JsonObject metric, string member, out JsonNode? utilization)
    {
        utilization = null;
        var resource = metric.Object("resource");
        if (metric.Text("type") != "Resource" || resource.Text("name") != "cpu" || resource.Object(member)?["averageUtilization"] is not { } value)
        {
            return false;
        }

        utilization = value.DeepClone();
        return true;
    }

    private static void Keep(JsonObject metadata, string annotation, JsonNode? value)
    {
        if (value is not null && !value.IsEmpty())
        {
            metadata.Ensure("annotations")[annotation] = GoJson.Write(value);
        }
    }

    private static JsonNode? Take(JsonObject? annotations, string name)
    {
        if (annotations.TextOrNull(name) is not { } text)
        {
            return null;
        }

        annotations!.Remove(name);
        return GoJson.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var value) is null ? value : null;
    }
}
