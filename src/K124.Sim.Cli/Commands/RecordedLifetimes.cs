using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Cli.Commands;

/// <summary>Lets pods run as long as pods of their owner were recorded to run: the first for as long as the first, and so on.</summary>
internal sealed class RecordedLifetimes(ImmutableDictionary<string, ImmutableArray<TimeSpan?>> lifetimes)
{
    private static readonly PodPlan Forever = new();
    private static readonly KubeletOptions Defaults = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    public PodPlan Plan(Pod pod)
    {
        var owner = OwnerOf(pod);
        if (!lifetimes.TryGetValue(owner, out var recorded))
        {
            return Defaults.Plan(pod);
        }

        var index = _taken.GetValueOrDefault(owner);
        _taken[owner] = index + 1;
        return recorded[Math.Min(index, recorded.Length - 1)] is { } time ? new() { FinishAfter = time, Outcome = "Succeeded" } : Forever;
    }

    /// <summary>The owner as recorded traces write it; a CronJob's pods are told by the name of their Job, which ends in the minute it is for.</summary>
    private string OwnerOf(Pod pod)
    {
        var meta = pod.Metadata;
        if (meta.OwnerReferences.FirstOrDefault(static owner => owner.Controller == true) is not { } owner)
        {
            return $"v1.Pod|{meta.Namespace}/{meta.Name}";
        }

        var direct = $"{owner.ApiVersion}.{owner.Kind}|{meta.Namespace}/{owner.Name}";
        var dash = owner.Name.LastIndexOf('-');
        return owner.Kind == "Job" && dash > 0 && !lifetimes.ContainsKey(direct) ? $"batch/v1.CronJob|{meta.Namespace}/{owner.Name[..dash]}" : direct;
    }
}
