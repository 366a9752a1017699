using K124.Sim.Model;

namespace K124.Sim.Scheduling;

/// <summary>What users' plugins do with a pod once its node is chosen.</summary>
public sealed partial class Scheduler
{
    /// <summary>Asks the plugins at Reserve and at Permit, in the profile's order; a pod that one refuses is forgotten.</summary>
    private SchedulingResult? RunReserveAndPermit(Pod pod, string nodeName)
    {
        var framework = FrameworkOf(pod)!;
        foreach (var plugin in framework.Reserves)
        {
            if (plugin.Reserve(pod, nodeName) is { } error)
            {
                return Refuse(pod, SchedulingResult.Failed($"running Reserve plugin \"{plugin.Name}\": {error}"));
            }
        }

        foreach (var plugin in framework.Permits)
        {
            if (plugin.Permit(pod, nodeName) is { } reason)
            {
                return Refuse(pod, SchedulingResult.Rejected($"rejected pod \"{pod.Metadata.Name}\" by permit plugin \"{plugin.Name}\": {reason}"));
            }
        }

        return null;
    }

    private SchedulingResult Refuse(Pod pod, SchedulingResult result)
    {
        Forget(ObjectKey.Of(pod));
        return result;
    }

    /// <summary>Lets all plugins at Reserve give back what they set aside, the last one first.</summary>
    private void Unreserve(Pod pod, string nodeName)
    {
        if (FrameworkOf(pod) is not { Reserves: var plugins })
        {
            return;
        }

        for (var i = plugins.Length - 1; i >= 0; i--)
        {
            plugins[i].Unreserve(pod, nodeName);
        }
    }
}
