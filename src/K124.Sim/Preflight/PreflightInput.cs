using System.Collections.Immutable;

namespace K124.Sim.Preflight;

/// <summary>What an upgrade to 1.24 is judged by.</summary>
public sealed record PreflightInput
{
    /// <summary>Objects of the cluster and manifests.</summary>
    /// <value>None by default.</value>
    public ImmutableArray<PreflightItem> Items { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Kubelets of which more is known than their nodes show.</summary>
    /// <value>None by default.</value>
    public ImmutableArray<KubeletInput> Kubelets { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Ranges of service IPs, if the API server's own command line is not among the objects.</summary>
    /// <value>None by default.</value>
    public ImmutableArray<string> ServiceCidrs { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Release to upgrade to.</summary>
    /// <value>The newest of the series by default.</value>
    public KubernetesRelease Release { get; init; }
}
