namespace K124.Sim.ApiServer;

/// <summary>How a cluster is opened to other programs.</summary>
public sealed record ListenOptions
{
    /// <summary>Port; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>Where a kubeconfig of the administrator is written; null for nowhere.</summary>
    public string? Kubeconfig { get; init; }
}
