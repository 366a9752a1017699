using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Policy;

/// <summary>Autoscalers are stored in their oldest version, whose form leaves marks on what is read back: the target for processors comes
/// last, whatever its place was.</summary>
internal static class AutoscalerStorage
{
    private const string Cpu = "cpu";

    /// <summary>Makes of an object what comes out of storage.</summary>
    /// <param name="tree">The object.</param>
    /// <param name="filled">The stored object that a dry run has read before into the same place; null for a real write. What the
    /// new object lacks stays as it was there, and its metrics stay beside the new ones.</param>
    public static void ReadBack(JsonObject tree, JsonObject? filled)
    {
        var spec = tree.Ensure("spec");
        Read(spec, filled.Object("spec"), "metrics", IsCpuTarget);
        if (filled is null)
        {
            return;
        }

        if (!spec.Has("behavior"))
        {
            spec.CopyFrom(filled.Object("spec"), "behavior");
        }

        var status = tree.Ensure("status");
        Read(status, filled.Object("status"), "currentMetrics", IsCpuCurrent);
        if (status.Count("conditions") == 0)
        {
            status.CopyFrom(filled.Object("status"), "conditions");
        }
    }

    private static void Read(JsonObject owner, JsonObject? filled, string member, Func<JsonObject, bool> isCpu)
    {
        var others = new List<JsonNode?>();
        JsonNode? cpu = null;
        foreach (var metric in owner.Objects(member))
        {
            if (isCpu(metric))
            {
                cpu ??= metric.DeepClone();
            }
            else
            {
                others.Add(metric.DeepClone());
            }
        }

        if (cpu is not null)
        {
            others.Add(cpu);
        }
        else if (filled is not null && others.Count > 0)
        {
            foreach (var metric in filled.Objects(member))
            {
                others.Add(metric.Has("resource") ? new JsonObject { ["type"] = "" } : metric.DeepClone());
            }
        }
        else if (others.Count == 0)
        {
            owner.CopyFrom(filled ?? owner.DeepClone().AsObject(), member);
            return;
        }

        owner[member] = new JsonArray([.. others]);
    }

    private static bool IsCpuTarget(JsonObject metric) => metric.Object("resource") is { } resource && resource.Text("name") == Cpu
        && metric.Text("type") == "Resource" && resource.Object("target").Has("averageUtilization");

    private static bool IsCpuCurrent(JsonObject metric) => metric.Object("resource") is { } resource && resource.Text("name") == Cpu
        && metric.Text("type") == "Resource" && resource.Object("current").Has("averageUtilization");
}
