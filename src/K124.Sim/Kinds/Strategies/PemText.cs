using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Certificates and requests for them, as base64 of PEM.</summary>
internal static class PemText
{
    private const string CertificateLabel = "CERTIFICATE";
    private const string RequestLabel = "CERTIFICATE REQUEST";
    private const string OrganizationOid = "2.5.4.10";

    /// <summary>What is wrong with a request; null if it is fine.</summary>
    public static string? RequestError(string base64) =>
        !TryFindRequest(base64, out var der) ? "PEM block type must be CERTIFICATE REQUEST"
        : LoadRequest(der) is null ? "asn1: structure error: the request cannot be read"
        : null;

    /// <summary>The organizations that a request names as its subject's.</summary>
    public static IReadOnlyList<string> Organizations(string base64) => TryFindRequest(base64, out var der) && LoadRequest(der) is { } request
        ? [.. request.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == OrganizationOid)
            .Select(part => part.GetSingleElementValue() ?? "")]
        : [];

    /// <summary>What is wrong with certificates; null if they are fine, or if there are none at all.</summary>
    public static string? CertificateError(string base64)
    {
        if (base64.Length == 0)
        {
            return null;
        }

        ReadOnlySpan<char> rest = Decode(base64);
        var blocks = 0;
        while (PemEncoding.TryFind(rest, out var fields))
        {
            blocks++;
            var label = rest[fields.Label].ToString();
            if (label != CertificateLabel)
            {
                return $"only CERTIFICATE PEM blocks are allowed, found {Text.GoText.Quote(label)}";
            }

            if (!IsCertificate(Convert.FromBase64String(rest[fields.Base64Data].ToString())))
            {
                return "x509: malformed certificate";
            }

            rest = rest[fields.Location.End..];
        }

        return blocks == 0 ? "must contain at least one CERTIFICATE PEM block" : null;
    }

    private static bool TryFindRequest(string base64, out byte[] der)
    {
        var text = Decode(base64);
        var isFound = PemEncoding.TryFind(text, out var fields) && text[fields.Label] == RequestLabel;
        der = isFound ? Convert.FromBase64String(text[fields.Base64Data]) : [];
        return isFound;
    }

    private static CertificateRequest? LoadRequest(byte[] der)
    {
        try
        {
            return CertificateRequest.LoadSigningRequest(
                der, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static X509Certificate2 LoadCertificate(byte[] der) =>
#if NET9_0_OR_GREATER
        X509CertificateLoader.LoadCertificate(der);
#else
        new(der);
#endif

    private static string Decode(string base64) => Encoding.Latin1.GetString(Convert.FromBase64String(base64));

    private static bool IsCertificate(byte[] der)
    {
        try
        {
            using var certificate = LoadCertificate(der);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
