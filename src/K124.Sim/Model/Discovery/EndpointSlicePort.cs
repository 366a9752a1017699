namespace K124.Sim.Model;

/// <summary>One port of an <see cref="EndpointSlice"/>.</summary>
public sealed record EndpointSlicePort
{
    /// <summary>Application protocol.</summary>
    public string? AppProtocol { get; init; }

    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Port number or name.</summary>
    public int? Port { get; init; }

    /// <summary>Protocol.</summary>
    public string? Protocol { get; init; }
}
