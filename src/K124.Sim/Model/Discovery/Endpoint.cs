using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>One endpoint of an <see cref="EndpointSlice"/>.</summary>
public sealed record Endpoint
{
    private readonly Items<string> _addresses;

    /// <summary>Addresses.</summary>
    public ImmutableArray<string> Addresses { get => _addresses.Array; init => _addresses = new(value); }

    /// <summary>Conditions, one a type.</summary>
    public EndpointConditions? Conditions { get; init; }

    /// <summary>Topology in the form of v1beta1.</summary>
    public StringMap<string> DeprecatedTopology { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>Where it should be used.</summary>
    public EndpointHints? Hints { get; init; }

    /// <summary>Host name.</summary>
    public string? Hostname { get; init; }

    /// <summary>Node.</summary>
    public string? NodeName { get; init; }

    /// <summary>Object behind the address.</summary>
    public ObjectReference? TargetRef { get; init; }

    /// <summary>Zone.</summary>
    public string? Zone { get; init; }
}
