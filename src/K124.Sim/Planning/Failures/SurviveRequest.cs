using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Planning.Failures;

/// <summary>What is to be lost.</summary>
public sealed record SurviveRequest
{
    /// <summary>The label whose values are the zones of nodes.</summary>
    public const string ZoneLabel = "topology.kubernetes.io/zone";

    private readonly Items<string> _nodes;
    private readonly Items<Pod> _shapes;

    /// <summary>What is lost at a time.</summary>
    public FailureScope Scope { get; init; }

    /// <summary>The label whose values are domains, for <see cref="FailureScope.Domain"/>.</summary>
    /// <value>That of zones by default.</value>
    public string DomainLabel { get; init; } = ZoneLabel;

    /// <summary>The nodes that may be lost; empty for all.</summary>
    public ImmutableArray<string> Nodes { get => _nodes.Array; init => _nodes = new(value); }

    /// <summary>Pods whose further replicas are counted after each loss.</summary>
    public ImmutableArray<Pod> Shapes { get => _shapes.Array; init => _shapes = new(value); }

    /// <summary>Whether lost nodes stay in the cluster, out of reach, as they do until someone deletes them: then spread constraints still count their domains.</summary>
    /// <value>False by default: they are gone.</value>
    public bool StayListed { get; init; }

    /// <summary>How many losses are gone through at most; beyond that, of pairs those of the fullest nodes are taken.</summary>
    /// <value>20,000 by default.</value>
    public int MostFailures { get; init; } = 20_000;
}
