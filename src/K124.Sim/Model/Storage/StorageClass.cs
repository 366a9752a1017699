using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A way to provision storage.</summary>
public sealed record StorageClass : IApiObject
{
    private readonly Items<string> _mountOptions;
    private readonly Items<TopologySelectorTerm> _allowedTopologies;

    /// <summary>API version that the object was read in; <c>storage.k8s.io/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "storage.k8s.io/v1"; } = "storage.k8s.io/v1";

    /// <summary>Always <c>StorageClass</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "StorageClass";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Name of the provisioner.</summary>
    public string Provisioner { get; init => field = value ?? ""; } = "";

    /// <summary>Parameters for the provisioner.</summary>
    public StringMap<string> Parameters { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>Reclaim policy of provisioned volumes; null counts as <c>Delete</c>.</summary>
    public string? ReclaimPolicy { get; init; }

    /// <summary>Mount options of provisioned volumes.</summary>
    public ImmutableArray<string> MountOptions { get => _mountOptions.Array; init => _mountOptions = new(value); }

    /// <summary>True if claims may grow.</summary>
    public bool? AllowVolumeExpansion { get; init; }

    /// <summary><c>Immediate</c> (also when null) or <c>WaitForFirstConsumer</c>.</summary>
    public string? VolumeBindingMode { get; init; }

    /// <summary>Where volumes may be provisioned; empty for everywhere.</summary>
    public ImmutableArray<TopologySelectorTerm> AllowedTopologies { get => _allowedTopologies.Array; init => _allowedTopologies = new(value); }

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
