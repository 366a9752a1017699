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
        var target = item.Spec().Child("scaleTargetRef");
        return
        [
            item.Name(),
            $"{target.Text("kind")}/{target.Text("name")}",
            Metrics(item),
            CellText.Number(item.Spec().Number("minReplicas", 1)),
            item.Spec().Number("maxReplicas"),
            item.Status().Number("currentReplicas"),
            CellText.Age(item, now),
        ];
    }

    private static string Metrics(JsonObject item)
    {
        var metrics = item.Spec().Items("metrics") is { Count: > 0 } given ? given : StandardMetrics();
        var observed = item.Status().Items("currentMetrics");
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
        "External" => ValueOrAverage(metric.Child("external"), observed.Child("external")),
        "Object" => ValueOrAverage(metric.Child("object"), observed.Child("object")),
        "Pods" => $"{Observed(observed.Child("pods"), "averageValue")}/{Amount(metric.Child("pods").Child("target"), "averageValue")}",
        "Resource" => UtilizationOrAverage(metric.Child("resource"), observed.Child("resource")),
        "ContainerResource" => UtilizationOrAverage(metric.Child("containerResource"), observed.Child("containerResource")),
        _ => "<unknown type>",
    };

    private static string ValueOrAverage(JsonObject? source, JsonObject? observed) => source.Child("target")?["averageValue"] is not null
        ? $"{Observed(observed, "averageValue")}/{Amount(source.Child("target"), "averageValue")} (avg)"
        : $"{Observed(observed, "value")}/{Amount(source.Child("target"), "value")}";

    private static string UtilizationOrAverage(JsonObject? source, JsonObject? observed)
    {
        var target = source.Child("target");
        if (target?["averageValue"] is not null)
        {
            return $"{Observed(observed, "averageValue")}/{Amount(target, "averageValue")}";
        }

        return $"{Percent(observed.Child("current")) ?? CellText.Unknown}/{Percent(target) ?? "<auto>"}";
    }

    private static string? Percent(JsonObject? holder) =>
        JsonReading.NumberOf(holder?["averageUtilization"]) is { } percent ? CellText.Number(percent) + "%" : null;

    private static string Observed(JsonObject? observed, string name) =>
        observed is null ? CellText.Unknown : Amount(observed.Child("current"), name);

    private static string Amount(JsonObject? holder, string name) => CellText.Or(CellText.Plain(holder?[name]), Nil);
}
