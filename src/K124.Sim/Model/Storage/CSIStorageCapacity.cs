using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Free space of one storage class in one topology segment (KEP-1472).</summary>
public sealed record CSIStorageCapacity : IApiObject
{
    /// <summary>API version that the object was read in; <c>storage.k8s.io/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "storage.k8s.io/v1"; } = "storage.k8s.io/v1";

    /// <summary>Always <c>CSIStorageCapacity</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "CSIStorageCapacity";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Nodes that can reach the space; null for none.</summary>
    public LabelSelector? NodeTopology { get; init; }

    /// <summary>Class that the numbers are for.</summary>
    public string StorageClassName { get; init => field = value ?? ""; } = "";

    /// <summary>Free space in bytes; null if unknown.</summary>
    public Quantity? Capacity { get; init; }

    /// <summary>Largest single volume in bytes; null if unknown.</summary>
    public Quantity? MaximumVolumeSize { get; init; }

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
