using System.Collections.Immutable;

namespace K124.Sim.Platform.Signatures;

/// <summary>One signature of an image, as it lies beside it in the registry.</summary>
/// <param name="Payload">What was signed, byte for byte.</param>
/// <param name="Signature">The signature: ECDSA over the SHA-256 of the payload, in DER form.</param>
/// <param name="CertificatePem">The certificate whose key signed.</param>
internal sealed record ImageSignature(ImmutableArray<byte> Payload, ImmutableArray<byte> Signature, string CertificatePem)
{
    /// <summary>Certificates between that of the signer and a trusted root, as PEM.</summary>
    public string ChainPem { get; init; } = "";

    /// <summary>What the transparency log says of it; null if nothing.</summary>
    public LogEntry? Log { get; init; }
}

/// <summary>An entry of a transparency log, with the log's promise that it is included.</summary>
/// <param name="IntegratedTime">When the log took the entry.</param>
/// <param name="SignedBytes">What the log signed: the entry in its canonical form.</param>
/// <param name="Signature">The log's signature: ECDSA over the SHA-256 of those bytes, in DER form.</param>
internal sealed record LogEntry(DateTimeOffset IntegratedTime, ImmutableArray<byte> SignedBytes, ImmutableArray<byte> Signature);
