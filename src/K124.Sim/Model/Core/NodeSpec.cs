using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="Node"/>.</summary>
public sealed record NodeSpec
{
    internal static readonly NodeSpec Default = new();

    private readonly Items<Taint> _taints;
    private readonly Items<string> _podCIDRs;

    /// <summary>True when the node is cordoned.</summary>
    public bool Unschedulable { get; init; }

    /// <summary>Taints, in the order that the scheduler examines them.</summary>
    public ImmutableArray<Taint> Taints { get => _taints.Array; init => _taints = new(value); }

    /// <summary>Address range for pods of this node.</summary>
    public string PodCIDR { get; init => field = value ?? ""; } = "";

    /// <summary>Address ranges for pods, one per IP family.</summary>
    public ImmutableArray<string> PodCIDRs { get => _podCIDRs.Array; init => _podCIDRs = new(value); }

    /// <summary>Identity given by the cloud provider.</summary>
    public string ProviderID { get; init => field = value ?? ""; } = "";

    /// <summary>Source of the kubelet's configuration (removed in 1.24).</summary>
    public NodeConfigSource? ConfigSource { get; init; }

    /// <summary>Unused since long.</summary>
    public string ExternalID { get; init => field = value ?? ""; } = "";
}
