namespace K124.Sim.Kinds;

/// <summary>Kinds of nodes, networks, storage, access and registration.</summary>
internal static partial class KindStrategies
{
    private static IEnumerable<KindStrategy> Others() => [];
}
