namespace K124.Sim.Platform.Signatures;

/// <summary>Whom a verifier trusts.</summary>
/// <param name="RootsPem">Certificates of the authorities, as PEM.</param>
internal sealed record SignatureTrust(string RootsPem)
{
    /// <summary>Public key of the transparency log, as PEM; null if entries of a log are not asked for.</summary>
    public string? LogKeyPem { get; init; }
}
