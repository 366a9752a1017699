using System.Text.Json.Serialization;

namespace K124.Sim.Model;

/// <summary>A port of a <see cref="Service"/>.</summary>
public sealed record ServicePort
{
    /// <summary>Name of the port.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary><c>TCP</c> (also when empty), <c>UDP</c> or <c>SCTP</c>.</summary>
    public string Protocol { get; init => field = value ?? ""; } = "";

    /// <summary>Application protocol.</summary>
    public string? AppProtocol { get; init; }

    /// <summary>Port of the service, 1 to 65535.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Port { get; init; }

    /// <summary>Port of the pods: a number or a name.</summary>
    public IntOrString? TargetPort { get; init; }

    /// <summary>Port on every node; 0 for none.</summary>
    public int NodePort { get; init; }
}
