namespace K124.Sim.Model;

/// <summary>One address behind a Service.</summary>
public sealed record EndpointAddress
{
    /// <summary>Host name.</summary>
    public string Hostname { get; init => field = value ?? ""; } = "";

    /// <summary>Address.</summary>
    public string IP { get; init => field = value ?? ""; } = "";

    /// <summary>Node.</summary>
    public string? NodeName { get; init; }

    /// <summary>Object behind the address.</summary>
    public ObjectReference? TargetRef { get; init; }
}
