using System.Globalization;
using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Tables;

/// <summary>Horizontal pod autoscalers, as <c>autoscaling/v2</c> writes them.</summary>
internal sealed class HorizontalPodAutoscalerTable() : TablePrinter(TableColumn.List(
    "Name", "Reference", "Targets", "MinPods", "MaxPods", "Replicas", "Age"))
{
    private const int ShownMetrics = 2;

    // What Go prints for a quantity that is not there.
    private const string Nil = "<nil>";

    protected override TableCell[] Cells(JsonObject item, DateTimeOffset now)
    {
        var target = item.Spec().Object("scaleTargetRef");
        return
        [
            item.Name(),
            $"{target.Text("kind")}/{target.Text("name")}",
            Metrics(item),
            CellText.Number(item.Spec().NumberOrNull("minReplicas") ?? 1),
            item.Spec().Number("maxReplicas"),
            item.Status().Number("currentReplicas"),
            CellText.Age(item, now),
        ];
    }

    private static string Metrics(JsonObject item)
    {
        var metrics = item.Spec().List("metrics") is { Count: > 0 } given ? given : StandardMetrics();
        var observed = item.Status().List("currentMetrics");
        var shown = string.Join(", ", metrics.Take(ShownMetrics).Select((metric, i) => Metric(metric as JsonObject, observed?.ElementAtOrDefault(i) as JsonObject)));
        return metrics.Count > ShownMetrics
            ? string.Create(CultureInfo.InvariantCulture, $"{shown} + {metrics.Count - ShownMetrics} more...")
            : shown;
    }

    /// <summary>What the server fills in where no metrics are named.</summary>
    private static JsonArray StandardMetrics() =>
    [
        new JsonObject
        {
            ["type"] = "Resource",
            ["resource"] = new JsonObject { ["name"] = "cpu", ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = 80 } },
        },
    ];

    private static string Metric(JsonObject? metric, JsonObject? observed) => metric.Text("type") switch
    {
        "External" => ValueOrAverage(metric.Object("external"), observed.Object("external")),
        "Object" => ValueOrAverage(metric.Object("object"), observed.Object("object")),
        "Pods" => $"{Observed(observed.Object("pods"), "averageValue")}/{Amount(metric.Object("pods").Object("target"), "averageValue")}",
        "Resource" => UtilizationOrAverage(metric.Object("resource"), observed.Object("resource")),
        "ContainerResource" => UtilizationOrAverage(metric.Object("containerResource"), observed.Object("containerResource")),
        _ => "<unknown type>",
    };

    private static string ValueOrAverage(JsonObject? source, JsonObject? observed) => source.Object("target")?["averageValue"] is not null
        ? $"{Observed(observed, "averageValue")}/{Amount(source.Object("target"), "averageValue")} (avg)"
        : $"{Observed(observed, "value")}/{Amount(source.Object("target"), "value")}";

    private static string UtilizationOrAverage(JsonObject? source, JsonObject? observed)
    {
        var target = source.Object("target");
        if (target?["averageValue"] is not null)
        {
            return $"{Observed(observed, "averageValue")}/{Amount(target, "averageValue")}";
        }

        return $"{Percent(observed.Object("current")) ?? CellText.Unknown}/{Percent(target) ?? "<auto>"}";
    }

    private static string? Percent(JsonObject? holder) =>
        JsonTree.AsNumber(holder?["averageUtilization"]) is { } percent ? CellText.Number(percent) + "%" : null;

    private static string Observed(JsonObject? observed, string name) =>
        observed is null ? CellText.Unknown : Amount(observed.Object("current"), name);

    private static string Amount(JsonObject? holder, string name) => CellText.Or(CellText.Plain(holder?[name]), Nil);
}
