namespace K124.Sim.Api;

/// <summary>A component that tries again for ever what it could not do: waiting for that alone, a cluster is quiet.</summary>
internal interface IRetrying
{
    /// <summary>When it wants to work for another reason than to try again; <see cref="long.MaxValue"/> if never.</summary>
    long NextTicksBesideRetries { get; }
}
