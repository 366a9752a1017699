using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Room;

/// <summary>The classes of the nodes that a scheduler knows.</summary>
internal sealed class NodeClasses
{
    private const string InstanceTypeLabel = "node.kubernetes.io/instance-type";
    private const string OlderInstanceTypeLabel = "beta.kubernetes.io/instance-type";
    private const long MilliPerCore = 1000;

    private NodeClasses(NodeClass[] classes, int[][] rows) => (Classes, Rows) = (classes, rows);

    /// <summary>The classes, that of most nodes first.</summary>
    public NodeClass[] Classes { get; }

    /// <summary>The nodes of each class.</summary>
    public int[][] Rows { get; }

    public static NodeClasses Of(Scheduler scheduler)
    {
        var resources = scheduler.ResourcesInUse;
        var groups = scheduler.NodeRows.GroupBy(row => KeyOf(scheduler, row, resources), StringComparer.Ordinal).OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key, StringComparer.Ordinal).Select(static group => group.ToArray()).ToArray();
        var names = groups.Select(rows => NameOf(scheduler, rows[0])).ToArray();
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            var number = taken[names[i]] = taken.GetValueOrDefault(names[i]) + 1;
            names[i] = number == 1 ? names[i] : string.Create(CultureInfo.InvariantCulture, $"{names[i]} ({number})");
        }

        return new([.. names.Select((name, i) => new NodeClass(name, groups[i].Length))], groups);
    }

    private static string KeyOf(Scheduler scheduler, int row, string[] resources)
    {
        var node = scheduler.NodeOf(row);
        return string.Create(CultureInfo.InvariantCulture, $"{TypeOf(node)} {node.Spec.Unschedulable} {string.Join(' ', resources.Select(resource => scheduler.AllocatableOf(resource, row)))} {TaintsOf(node)}");
    }

    private static string NameOf(Scheduler scheduler, int row)
    {
        var node = scheduler.NodeOf(row);
        var size = TypeOf(node) is { Length: > 0 } type
            ? type
            : string.Create(CultureInfo.InvariantCulture, $"{(decimal)scheduler.AllocatableOf("cpu", row) / MilliPerCore:0.###} cpu, {scheduler.AllocatableOf("memory", row) / (double)(1L << 30):0.#}Gi");
        return $"{size}{(TaintsOf(node) is { Length: > 0 } taints ? $" {{{taints}}}" : "")}{(node.Spec.Unschedulable ? " cordoned" : "")}";
    }

    private static string TypeOf(Node node) =>
        node.Metadata.Labels.TryGetValue(InstanceTypeLabel, out var type) || node.Metadata.Labels.TryGetValue(OlderInstanceTypeLabel, out type) ? type : "";

    private static string TaintsOf(Node node) => string.Join(", ", node.Spec.Taints.Where(static taint => taint.Effect != "PreferNoSchedule").Select(static taint => $"{taint.Key}{(taint.Value.Length > 0 ? $"={taint.Value}" : "")}:{taint.Effect}"));
}
