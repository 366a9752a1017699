using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>Limits how many pods of a set may be disrupted at once.</summary>
public sealed record PodDisruptionBudget : IApiObject
{
    /// <summary>API version that the object was read in; <c>policy/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "policy/v1"; } = "policy/v1";

    /// <summary>Always <c>PodDisruptionBudget</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "PodDisruptionBudget";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>Desired state.</summary>
    public PodDisruptionBudgetSpec Spec { get; init => field = value ?? PodDisruptionBudgetSpec.Default; } = PodDisruptionBudgetSpec.Default;

    /// <summary>Observed state.</summary>
    public PodDisruptionBudgetStatus Status { get; init => field = value ?? PodDisruptionBudgetStatus.Default; } = PodDisruptionBudgetStatus.Default;

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
