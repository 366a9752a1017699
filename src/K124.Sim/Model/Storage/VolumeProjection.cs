namespace K124.Sim.Model;

/// <summary>One source of a projected volume.</summary>
public sealed record VolumeProjection
{
    /// <summary>Entries of a ConfigMap.</summary>
    public ConfigMapProjection? ConfigMap { get; init; }

    /// <summary>Facts of the pod.</summary>
    public DownwardAPIProjection? DownwardAPI { get; init; }

    /// <summary>Entries of a Secret.</summary>
    public ConfigMapProjection? Secret { get; init; }

    /// <summary>A token of the pod's account.</summary>
    public ServiceAccountTokenProjection? ServiceAccountToken { get; init; }
}
