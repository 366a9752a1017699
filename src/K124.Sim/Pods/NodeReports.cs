using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Pods;

/// <summary>The status that a kubelet that works reports of its node.</summary>
internal static class NodeReports
{
    private static readonly ImmutableArray<(string Type, string Reason, string Message)> Pressures =
    [
        ("MemoryPressure", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
        ("DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
        ("PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    ];

    public static string ReadyOf(Node node) => node.Status.Conditions.FirstOrDefault(static condition => condition.Type == "Ready")?.Status ?? "";

    /// <summary>The node with all its conditions well.</summary>
    public static Node Well(Node node, DateTimeOffset now)
    {
        var time = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerSecond));
        var conditions = node.Status.Conditions;
        foreach (var (type, reason, message) in Pressures)
        {
            conditions = With(conditions, new() { Type = type, Status = "False", Reason = reason, Message = message }, time);
        }

        conditions = With(conditions, new() { Type = "Ready", Status = "True", Reason = "KubeletReady", Message = "kubelet is posting ready status" }, time);
        return node with { Status = node.Status with { Conditions = conditions } };
    }

    private static ImmutableArray<Condition> With(ImmutableArray<Condition> conditions, Condition condition, DateTimeOffset time)
    {
        for (var i = 0; i < conditions.Length; i++)
        {
            if (conditions[i].Type == condition.Type)
            {
                var since = conditions[i].Status == condition.Status ? conditions[i].LastTransitionTime : time;
                return conditions.SetItem(i, condition with { LastHeartbeatTime = time, LastTransitionTime = since });
            }
        }

        return conditions.Add(condition with { LastHeartbeatTime = time, LastTransitionTime = time });
    }
}
