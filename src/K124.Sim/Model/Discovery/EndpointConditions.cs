namespace K124.Sim.Model;

/// <summary>State of an endpoint.</summary>
public sealed record EndpointConditions
{
    /// <summary>Whether it is ready.</summary>
    public bool? Ready { get; init; }

    /// <summary>Whether it serves, terminating or not.</summary>
    public bool? Serving { get; init; }

    /// <summary>Whether it is terminating.</summary>
    public bool? Terminating { get; init; }
}
