using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace K124.Sim.Manifests;

/// <summary>What came of reading a cluster: the cluster, or the errors; never part of a cluster.</summary>
public sealed class LoadResult
{
    internal LoadResult(Cluster? cluster, ManifestResult manifests)
    {
        Cluster = cluster;
        Errors = manifests.Errors;
        ErrorCount = manifests.ErrorCount;
        UnknownKinds = manifests.UnknownKinds;
        Statistics = manifests.Statistics;
        PassedOver = manifests.PassedOver;
        PassedOverCount = manifests.PassedOverCount;
        Notes = manifests.Notes;
    }

    /// <summary>The cluster, or null if there are errors.</summary>
    public Cluster? Cluster { get; }

    /// <summary>Whether there is a cluster.</summary>
    [MemberNotNullWhen(true, nameof(Cluster))]
    public bool Succeeded => Cluster is not null;

    /// <summary>The first errors, in the order of the input; at most <see cref="ManifestOptions.ErrorLimit"/>.</summary>
    public ImmutableArray<ManifestError> Errors { get; }

    /// <summary>Number of errors in all.</summary>
    public long ErrorCount { get; }

    /// <summary>Objects of kinds that are not modelled, ordered by API version and kind.</summary>
    public ImmutableArray<UnknownKind> UnknownKinds { get; }

    /// <summary>What was passed over because it is no Kubernetes object, or a copy; the first ones, in the order of the input.</summary>
    public ImmutableArray<ManifestError> PassedOver { get; }

    /// <summary>Number of things passed over in all.</summary>
    public long PassedOverCount { get; }

    /// <summary>What the reader of an answer should know, such as fields that 1.24 drops.</summary>
    public ImmutableArray<string> Notes { get; }

    /// <summary>How much was read.</summary>
    public LoadStatistics Statistics { get; }

    /// <summary>The cluster, for callers to whom an error is unexpected.</summary>
    /// <returns>The cluster.</returns>
    /// <exception cref="InvalidDataException">There are errors; the message lists them.</exception>
    public Cluster RequireCluster() => Cluster ?? throw new InvalidDataException(ManifestResult.Describe(Errors, ErrorCount));
}
