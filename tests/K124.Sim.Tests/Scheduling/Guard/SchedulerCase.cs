using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Tests.Scheduling.Guard;

/// <summary>A cluster, templates of pods, and what happens: enough to repeat a run.</summary>
public sealed record SchedulerCase(
    int Seed, SchedulerOptions Options, ImmutableArray<IApiObject> Objects, ImmutableArray<Pod> Templates, ImmutableArray<SchedulerOperation> Operations)
{
    private IEnumerable<int> UsedTemplates => Operations.OfType<SchedulerOperation.Stamping>().Select(static operation => operation.Template).Distinct().Order();

    private string ProfileText => ReferenceEquals(Options.Configuration, SchedulerConfiguration.Default) ? "default profile"
        : string.Join(", ", Options.Configuration.Profiles.Select(static profile =>
            $"weights {string.Join(" ", profile.Plugins.Score.Select(static plugin => $"{plugin.Name}={plugin.Weight}"))}, {profile.InterPodAffinityArgs}, {profile.DefaultPreemptionArgs}, {profile.NodeResourcesFitArgs}, {profile.NodeAffinityArgs}, {profile.PodTopologySpreadArgs}"));

    /// <summary>Runs the operations on the library and the reference.</summary>
    /// <returns>The first difference between the two, or null.</returns>
    public string? FirstDifference(Tally? tally = null)
    {
        var pair = new SchedulerPair(this, tally);
        for (var step = 0; step < Operations.Length; step++)
        {
            if (pair.Run(Operations[step]) is { } difference)
            {
                return $"operation {step}, {Operations[step]}\n{difference}";
            }
        }

        return pair.CompareSides() is { } between ? $"another side of a fork, at the end\n{between}" : null;
    }

    /// <summary>Smaller cases: fewer operations, fewer objects, simpler objects.</summary>
    public IEnumerable<SchedulerCase> Shrink() =>
    [
        .. DropChunks(Operations).Select(operations => this with { Operations = operations }),
        .. ReferenceEquals(Options.Configuration, SchedulerConfiguration.Default) ? [] : new[] { this with { Options = Options with { Configuration = SchedulerConfiguration.Default } } },
        .. DropChunks(Objects).Where(static objects => objects.Any(static item => item is Node)).Select(objects => this with { Objects = objects }),
        .. UsedTemplates.SelectMany(i => Simplify(Templates, i)).Select(templates => this with { Templates = templates }),
        .. Operations.SelectMany((operation, i) => operation is SchedulerOperation.Apply { Object: var item }
            ? ObjectShrinker.Shrink(item).Select(simpler => this with { Operations = Operations.SetItem(i, new SchedulerOperation.Apply(simpler)) })
            : []),
        .. Enumerable.Range(0, Objects.Length).SelectMany(i => Simplify(Objects, i)).Select(objects => this with { Objects = objects }),
    ];

    public override string ToString() =>
    $"""
    seed {Seed}, release {Options.Release}, percentage {Options.PercentageOfNodesToScore}, {Options.TieBreak} (seed {Options.Seed}), {ProfileText}
    objects:
      {string.Join("\n  ", Objects.Select(KubernetesJson.Serialize))}
    templates:
      {string.Join("\n  ", UsedTemplates.Select(i => $"{i}: {KubernetesJson.Serialize(Templates[i])}"))}
    operations:
      {string.Join("\n  ", Operations)}
    """;

    private static IEnumerable<ImmutableArray<T>> DropChunks<T>(ImmutableArray<T> items)
    {
        for (var length = Math.Max(1, items.Length / 2); length > 0 && items.Length > 0; length /= 2)
        {
            for (var start = 0; start + length <= items.Length; start += length)
            {
                yield return items.RemoveRange(start, length);
            }
        }
    }

    private static IEnumerable<ImmutableArray<T>> Simplify<T>(ImmutableArray<T> items, int i)
        where T : IApiObject => ObjectShrinker.Shrink(items[i]).Select(simpler => items.SetItem(i, simpler));
}
