using K124.Sim.Model;

namespace K124.Sim.Scheduling;

/// <summary>What is set aside for a pod once its node is chosen, and given back.</summary>
public sealed partial class Scheduler
{
    /// <summary>Asks the plugins at Reserve, in the profile's order, up to the first error.</summary>
    internal string? ReserveError(Pod pod, string nodeName)
    {
        foreach (var plugin in FrameworkOf(pod)!.Reserves)
        {
            if (plugin.Reserve(pod, nodeName) is { } error)
            {
                return $"running Reserve plugin \"{plugin.Name}\": {error}";
            }
        }

        return null;
    }

    /// <summary>Asks the plugins at Permit, in the profile's order, up to the first that rejects the pod.</summary>
    internal string? PermitRejection(Pod pod, string nodeName)
    {
        foreach (var plugin in FrameworkOf(pod)!.Permits)
        {
            if (plugin.Permit(pod, nodeName) is { } reason)
            {
                return $"rejected pod \"{pod.Metadata.Name}\" by permit plugin \"{plugin.Name}\": {reason}";
            }
        }

        return null;
    }

    private SchedulingResult? RunReserveAndPermit(Pod pod, string nodeName) =>
        ReserveError(pod, nodeName) is { } error ? SchedulingResult.Failed(error)
        : PermitRejection(pod, nodeName) is { } rejection ? SchedulingResult.Rejected(rejection)
        : null;

    /// <summary>Lets all plugins at Reserve give back what they set aside, the last one first; volumes reserved for the pod are so no longer.</summary>
    internal void Unreserve(Pod pod, string nodeName)
    {
        _state.Volumes.Unreserve(ObjectKey.Of(pod));
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
