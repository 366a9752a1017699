using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Names a priority.</summary>
public sealed record PriorityClass : IApiObject
{
    /// <summary>API version that the object was read in; <c>scheduling.k8s.io/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "scheduling.k8s.io/v1"; } = "scheduling.k8s.io/v1";

    /// <summary>Always <c>PriorityClass</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "PriorityClass";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Priority, up to 1,000,000,000 for user classes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Value { get; init; }

    /// <summary>True for the class of pods that name none.</summary>
    public bool GlobalDefault { get; init; }

    /// <summary>Text for people.</summary>
    public string Description { get; init => field = value ?? ""; } = "";

    /// <summary><c>PreemptLowerPriority</c> (also when null) or <c>Never</c> (KEP-902).</summary>
    public string? PreemptionPolicy { get; init; }

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
