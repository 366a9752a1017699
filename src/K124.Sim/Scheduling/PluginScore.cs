namespace K124.Sim.Scheduling;

/// <summary>One plugin's share in a node's score.</summary>
/// <param name="Plugin">Name of the plugin.</param>
/// <param name="Score">Normalised score, 0 to 100.</param>
/// <param name="Weight">Weight of the plugin in the profile.</param>
public readonly record struct PluginScore(string Plugin, long Score, int Weight)
{
    /// <summary>What the plugin said before scores were brought into the range 0 to 100; some plugins count down, some below 0.</summary>
    public long Raw { get; init; }

    /// <summary>Score times weight.</summary>
    public long Weighted => Score * Weight;
}
