namespace K124.Sim.Model;

/// <summary>Where a kubelet's configuration came from (removed in 1.24).</summary>
public sealed record NodeConfigSource
{
    /// <summary>Entries of a ConfigMap.</summary>
    public ConfigMapNodeConfigSource? ConfigMap { get; init; }
}
