using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace K124.Sim.Platform.Signatures;

/// <summary>What of a signer's certificate counts.</summary>
internal static class SignerCertificate
{
    private const string AlternativeNamesOid = "2.5.29.17";
    private const string IssuerOid = "1.3.6.1.4.1.57264.1.1";
    private const string IssuerTextOid = "1.3.6.1.4.1.57264.1.8";
    private const string CodeSigningOid = "1.3.6.1.5.5.7.3.3";
    private const int EmailTag = 1;
    private const int UriTag = 6;

    /// <summary>Email addresses and URIs that the certificate is for.</summary>
    public static IReadOnlyList<string> Subjects(X509Certificate2 certificate)
    {
        var subjects = new List<string>();
        if (Extension(certificate, AlternativeNamesOid) is { } der)
        {
            var names = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
            {
                var tag = names.PeekTag();
                if (tag.TagValue is EmailTag or UriTag)
                {
                    subjects.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                }
                else
                {
                    names.ReadEncodedValue();
                }
            }
        }

        return subjects;
    }

    /// <summary>Who vouched for the name; empty if nobody is named.</summary>
    public static string Issuer(X509Certificate2 certificate) => Extension(certificate, IssuerTextOid) is { } text
        ? new AsnReader(text, AsnEncodingRules.DER).ReadCharacterString(UniversalTagNumber.UTF8String)
        : Extension(certificate, IssuerOid) is { } raw ? Encoding.UTF8.GetString(raw) : "";

    /// <summary>Whether it leads to a trusted authority and is for signing, at an instant.</summary>
    public static bool IsTrusted(X509Certificate2 certificate, X509Certificate2Collection between, X509Certificate2Collection roots, DateTimeOffset at)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(between);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(CodeSigningOid));
        return chain.Build(certificate);
    }

    private static byte[]? Extension(X509Certificate2 certificate, string oid) =>
        certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == oid)?.RawData;
}
