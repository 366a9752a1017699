using System.Collections.Immutable;

namespace K124.Sim.Scheduling.Queue;

/// <summary>Which plugins a pod that fits nowhere failed on.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework (Diagnosis.UnschedulablePlugins). Where 1.24 takes any of the plugins whose code is the
/// strongest for a node, the first of them in the order of running is taken.</remarks>
public static class FailedPlugins
{
    /// <summary>One plugin for each node that was rejected, each once.</summary>
    /// <param name="result">An unschedulable result.</param>
    /// <returns>Their names in ordinal order; none if the pod can be helped by any event.</returns>
    public static ImmutableArray<string> Of(SchedulingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        if (result.PreFilterStatus is { } preFilter)
        {
            names.Add(preFilter.Plugin);
        }
        else
        {
            foreach (var node in result.NodeStatuses)
            {
                var code = node.Code;
                names.Add(node.Plugins.First(plugin => plugin.Code == code).Plugin);
            }
        }

        names.Remove("");
        return [.. names];
    }
}
