namespace K124.Sim.Scheduling.Configuration;

/// <summary>A plugin at the Score point.</summary>
/// <param name="Name">Name of the plugin.</param>
/// <param name="Weight">What its score of 0 to 100 is multiplied by; from 1 on.</param>
public sealed record ScorePlugin(string Name, int Weight = 1);
