namespace K124.Sim.Model;

/// <summary>Bounds in force and present use of a <see cref="ResourceQuota"/>.</summary>
public sealed record ResourceQuotaStatus
{
    internal static readonly ResourceQuotaStatus Default = new();

    /// <summary>Bounds by resource.</summary>
    public StringMap<Quantity> Hard { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;

    /// <summary>Present use by resource.</summary>
    public StringMap<Quantity> Used { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;
}
