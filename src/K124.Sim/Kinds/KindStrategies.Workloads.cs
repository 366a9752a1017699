using K124.Sim.Kinds.Pods;

namespace K124.Sim.Kinds;

/// <summary>Kinds that make pods, and what governs them.</summary>
internal static partial class KindStrategies
{
    private static IEnumerable<KindStrategy> Workloads() =>
    [
        new PodStrategy(),
    ];
}
