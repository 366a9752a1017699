using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace K124.Sim.Platform.Signatures;

/// <summary>Verifies signatures of images the way releases of Kubernetes are signed since 1.24: without keys that last, with certificates that live for minutes.</summary>
/// <remarks>KEP-3031. Nothing in a cluster of 1.24 does this by itself.</remarks>
internal sealed class ImageVerifier : IDisposable
{
    private readonly X509Certificate2Collection _roots = [];
    private readonly ECDsa? _logKey;

    /// <summary>Makes a verifier.</summary>
    /// <param name="trust">Whom it trusts.</param>
    public ImageVerifier(SignatureTrust trust)
    {
        _roots.ImportFromPem(trust.RootsPem);
        if (trust.LogKeyPem is { } pem)
        {
            _logKey = ECDsa.Create();
            _logKey.ImportFromPem(pem);
        }
    }

    public void Dispose()
    {
        _logKey?.Dispose();
        foreach (var root in _roots)
        {
            root.Dispose();
        }
    }

    /// <summary>Verifies an image.</summary>
    /// <param name="reference">Its name.</param>
    /// <param name="store">The registry.</param>
    /// <param name="identities">Who may have signed: one of them.</param>
    public ImageVerdict Verify(ImageReference reference, ISignatureStore store, ImmutableArray<SignerIdentity> identities)
    {
        var digest = reference.Digest.Length > 0 ? reference.Digest : store.Resolve(reference);
        var signatures = digest is null ? [] : store.Find(reference.SignatureReference(digest));
        if (signatures.IsEmpty)
        {
            return new(ImageVerdictKind.NoSignature, digest ?? "", []);
        }

        ImmutableArray<string> faults = [.. signatures.Select(signature => Fault(signature, digest!, identities) ?? "")];
        return new(faults.Contains("") ? ImageVerdictKind.Verified : ImageVerdictKind.Invalid, digest!, faults);
    }

    /// <summary>The first check that a signature fails; null if it passes all.</summary>
    private string? Fault(ImageSignature signature, string digest, ImmutableArray<SignerIdentity> identities)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(signature.CertificatePem);
            return StatementFault(signature, certificate, digest) ?? TrustFault(signature, certificate) ?? IdentityFault(certificate, identities);
        }
        catch (CryptographicException)
        {
            return "certificate cannot be read";
        }
    }

    private static string? StatementFault(ImageSignature signature, X509Certificate2 certificate, string digest)
    {
        using var key = certificate.GetECDsaPublicKey();
        if (key is null || !key.VerifyData(signature.Payload.AsSpan(), signature.Signature.AsSpan(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
        {
            return "signature does not fit the payload";
        }

        if (!SimpleSigning.TryParse(signature.Payload.AsSpan(), out var statement))
        {
            return "payload cannot be read";
        }

        return statement.Digest != digest ? "digest mismatch" : statement.Type != SimpleSigning.ImageType ? "payload is no signature of an image" : null;
    }

    private string? TrustFault(ImageSignature signature, X509Certificate2 certificate)
    {
        // The certificate lives for minutes: what counts is that the log saw the signature while it did.
        var (from, until) = (new DateTimeOffset(certificate.NotBefore.ToUniversalTime()), new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
        X509Certificate2Collection between = [];
        if (signature.ChainPem.Length > 0)
        {
            between.ImportFromPem(signature.ChainPem);
        }

        if (!SignerCertificate.IsTrusted(certificate, between, _roots, from))
        {
            return "certificate does not lead to a trusted root";
        }

        if (_logKey is null)
        {
            return null;
        }

        if (signature.Log is not { } entry)
        {
            return "no entry of the transparency log";
        }

        if (entry.IntegratedTime < from || entry.IntegratedTime > until)
        {
            return "certificate expired at signing";
        }

        return _logKey.VerifyData(entry.SignedBytes.AsSpan(), entry.Signature.AsSpan(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            ? null
            : "inclusion in the transparency log is not proven";
    }

    private static string? IdentityFault(X509Certificate2 certificate, ImmutableArray<SignerIdentity> identities)
    {
        var (subjects, issuer) = (SignerCertificate.Subjects(certificate), SignerCertificate.Issuer(certificate));
        if (!identities.Any(identity => identity.AcceptsIssuer(issuer)))
        {
            return "issuer";
        }

        return identities.Any(identity => identity.AcceptsIssuer(issuer) && subjects.Any(identity.AcceptsSubject)) ? null : "identity";
    }
}
