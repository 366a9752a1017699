namespace K124.Sim.Scheduling.Algorithm;

/// <summary>What a plugin says of a pod before any node is looked at.</summary>
/// <param name="Status">An objection to the pod as a whole, or null.</param>
/// <param name="NodeNames">The only nodes that need to be looked at, or null for all.</param>
internal readonly record struct PreFilterResult(PluginStatus? Status, IReadOnlyCollection<string>? NodeNames)
{
    public static PreFilterResult AllNodes => default;
}
