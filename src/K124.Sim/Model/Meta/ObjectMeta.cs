using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Identity and bookkeeping that every API object carries.</summary>
public sealed record ObjectMeta
{
    internal static readonly ObjectMeta Default = new();

    private readonly Items<OwnerReference> _ownerReferences;
    private readonly Items<string> _finalizers;

    /// <summary>Name, unique per kind and namespace.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Prefix from which the API server makes a name when <see cref="Name"/> is empty.</summary>
    public string GenerateName { get; init => field = value ?? ""; } = "";

    /// <summary>Namespace; empty for cluster-scoped kinds.</summary>
    public string Namespace { get; init => field = value ?? ""; } = "";

    /// <summary>Identity in time and space, set by the API server.</summary>
    public string Uid { get; init => field = value ?? ""; } = "";

    /// <summary>Opaque version of the stored object.</summary>
    public string ResourceVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Sequence number of the desired state.</summary>
    public long Generation { get; init; }

    /// <summary>When the object was created, to the second.</summary>
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>When graceful deletion was asked for; null while the object is not terminating.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>Seconds allowed for graceful deletion.</summary>
    public long? DeletionGracePeriodSeconds { get; init; }

    /// <summary>Labels, in ordinal key order.</summary>
    public StringMap<string> Labels { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>Annotations, in ordinal key order.</summary>
    public StringMap<string> Annotations { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>Objects that this one depends on; at most one is the controller.</summary>
    public ImmutableArray<OwnerReference> OwnerReferences { get => _ownerReferences.Array; init => _ownerReferences = new(value); }

    /// <summary>Names that must be removed before the object can go.</summary>
    public ImmutableArray<string> Finalizers { get => _finalizers.Array; init => _finalizers = new(value); }

    /// <summary>Unused since long.</summary>
    public string ClusterName { get; init => field = value ?? ""; } = "";

    /// <summary>Who owns which field, as the server writes it.</summary>
    public RawJson? ManagedFields { get; init; }

    /// <summary>Unused since 1.20.</summary>
    public string SelfLink { get; init => field = value ?? ""; } = "";
}
