using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Sets the replicas of a workload by measured load.</summary>
public sealed record HorizontalPodAutoscaler : IApiObject
{
    /// <summary>API version that the object was read in; <c>autoscaling/v2</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "autoscaling/v2"; } = "autoscaling/v2";

    /// <summary>Always <c>HorizontalPodAutoscaler</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "HorizontalPodAutoscaler";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public HorizontalPodAutoscalerSpec Spec { get; init => field = value ?? HorizontalPodAutoscalerSpec.Default; } = HorizontalPodAutoscalerSpec.Default;

    /// <summary>Observed state.</summary>
    public HorizontalPodAutoscalerStatus Status { get; init => field = value ?? HorizontalPodAutoscalerStatus.Default; } = HorizontalPodAutoscalerStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
