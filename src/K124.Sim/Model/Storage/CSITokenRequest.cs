namespace K124.Sim.Model;

/// <summary>A token that a CSI driver is given.</summary>
public sealed record CSITokenRequest
{
    /// <summary>Audience of the token.</summary>
    public string Audience { get; init => field = value ?? ""; } = "";

    /// <summary>Seconds the token is valid.</summary>
    public long? ExpirationSeconds { get; init; }
}
