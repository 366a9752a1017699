using System.Text.Json.Nodes;
using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Scales as the server writes them.</summary>
internal static class ScaleBody
{
    private static readonly string[] Shown = ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"];

    public static JsonObject Of(JsonObject item, long replicas, long actual, string selector)
    {
        var metadata = new JsonObject();
        foreach (var name in Shown)
        {
            if (item.Object("metadata")?[name] is { } value)
            {
                metadata[name] = value.DeepClone();
            }
        }

        var spec = new JsonObject();
        if (replicas != 0)
        {
            spec["replicas"] = replicas;
        }

        var status = new JsonObject { ["replicas"] = actual };
        if (selector.Length > 0)
        {
            status["selector"] = selector;
        }

        return new() { ["kind"] = "Scale", ["apiVersion"] = "autoscaling/v1", ["metadata"] = metadata, ["spec"] = spec, ["status"] = status };
    }

    /// <summary>The selector of a workload as text.</summary>
    public static string SelectorOf(JsonObject item)
    {
        var selector = item.Object("spec").Object("selector");
        if (selector is null)
        {
            return "";
        }

        var isLabels = item.Text("kind") == "ReplicationController";
        var labels = isLabels ? selector : selector.Object("matchLabels");
        var terms = new List<(string Key, string Text)>();
        foreach (var (key, value) in labels ?? [])
        {
            terms.Add((key, $"{key}={JsonTree.AsText(value)}"));
        }

        if (!isLabels)
        {
            foreach (var expression in selector.Objects("matchExpressions"))
            {
                terms.Add((expression.Text("key"), Expression(expression)));
            }
        }

        return string.Join(',', terms.OrderBy(term => term.Key, StringComparer.Ordinal).Select(term => term.Text));
    }

    private static string Expression(JsonObject expression)
    {
        var key = expression.Text("key");
        var values = string.Join(',', expression.Texts("values").Order(StringComparer.Ordinal));
        return expression.Text("operator") switch
        {
            "In" => $"{key} in ({values})",
            "NotIn" => $"{key} notin ({values})",
            "Exists" => key,
            _ => "!" + key,
        };
    }
}
