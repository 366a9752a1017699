namespace K124.Sim.Model;

/// <summary>Defaults and bounds of one type of object.</summary>
public sealed record LimitRangeItem
{
    /// <summary>Limit of containers that give none.</summary>
    public StringMap<Quantity> Default { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;

    /// <summary>Request of containers that give none.</summary>
    public StringMap<Quantity> DefaultRequest { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;

    /// <summary>Upper bounds.</summary>
    public StringMap<Quantity> Max { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;

    /// <summary>Greatest ratio of limit to request.</summary>
    public StringMap<Quantity> MaxLimitRequestRatio { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;

    /// <summary>Lower bounds.</summary>
    public StringMap<Quantity> Min { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;

    /// <summary>Type.</summary>
    public string Type { get; init => field = value ?? ""; } = "";
}
