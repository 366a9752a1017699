using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>One remembered state of a DaemonSet or StatefulSet, to roll back to.</summary>
public sealed record ControllerRevision : IApiObject
{
    /// <summary>API version that the object was read in; <c>apps/v1</c> unless said otherwise.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; init => field = value ?? "apps/v1"; } = "apps/v1";

    /// <summary>Always <c>ControllerRevision</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind => "ControllerRevision";

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Default; } = ObjectMeta.Default;

    /// <summary>The content.</summary>
    public RawJson? Data { get; init; }

    /// <summary>Number of the revision.</summary>
    public long Revision { get; init; }

    /// <summary>The object as the API shows it, without what is at its default.</summary>
    /// <returns>JSON text.</returns>
    public override string ToString() => KubernetesJson.Serialize(this);
}
