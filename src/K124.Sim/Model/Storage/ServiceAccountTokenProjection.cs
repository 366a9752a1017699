namespace K124.Sim.Model;

/// <summary>A token of the pod's ServiceAccount in a projected volume.</summary>
public sealed record ServiceAccountTokenProjection
{
    /// <summary>Audience of the token.</summary>
    public string Audience { get; init => field = value ?? ""; } = "";

    /// <summary>Seconds the token is valid.</summary>
    public long? ExpirationSeconds { get; init; }

    /// <summary>Path.</summary>
    public string Path { get; init => field = value ?? ""; } = "";
}
