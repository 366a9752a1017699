namespace K124.Sim.Scheduling.Configuration;

/// <summary>A resource that a score looks at.</summary>
/// <param name="Name">Name of the resource, for example <c>cpu</c> or <c>nvidia.com/gpu</c>.</param>
/// <param name="Weight">Its share in the score, 1 to 100.</param>
public sealed record ResourceSpec(string Name, long Weight = 1);
