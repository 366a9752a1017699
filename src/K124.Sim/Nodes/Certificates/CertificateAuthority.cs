using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using K124.Sim.Platform.Certificates;

namespace K124.Sim.Nodes.Certificates;

/// <summary>The authority of a simulated cluster. Its key follows from the seed; the same request gets the same certificate in every run.</summary>
/// <param name="seed">Seed of the key.</param>
/// <param name="start">When its own certificate begins.</param>
/// <param name="life">How long that lasts.</param>
internal sealed class CertificateAuthority(ulong seed, DateTimeOffset start, TimeSpan life)
{
    private const string AlternativeNamesOid = "2.5.29.17";
    private const int SerialBytes = 16;

    private static readonly X500DistinguishedName Subject = new("CN=kubernetes");

    // Made when the first certificate is issued: most simulations never ask for one.
    private readonly Lazy<RSA> _key = new(() => SeededRsa.Create(seed));

    /// <summary>When its own certificate ends.</summary>
    public DateTimeOffset End { get; } = WholeSecond(start + life);

    /// <summary>Its own certificate as PEM.</summary>
    public string Pem()
    {
        var request = new CertificateRequest(Subject, _key.Value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var certificate = request.Create(Subject, Generator(), WholeSecond(start), End, [1]);
        return certificate.ExportCertificatePem();
    }

    /// <summary>Issues a certificate.</summary>
    /// <param name="pem">The request.</param>
    /// <param name="template">What the certificate says.</param>
    /// <param name="identity">What tells this request from all others.</param>
    public string Issue(string pem, CertificateTemplate template, string identity)
    {
        var fields = PemEncoding.Find(pem);
        var asked = CertificateRequest.LoadSigningRequest(
            Convert.FromBase64String(pem[fields.Base64Data]),
            HashAlgorithmName.SHA256,
            CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions | CertificateRequestLoadOptions.SkipSignatureValidation);
        var request = new CertificateRequest(asked.SubjectName, asked.PublicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(BasicOf(template.Usages), critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(ExtendedOf(template.Usages), critical: false));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(
            new X509SubjectKeyIdentifierExtension(PublicKey(), critical: false)));
        if (asked.CertificateExtensions.FirstOrDefault(static extension => extension.Oid?.Value == AlternativeNamesOid) is { } names)
        {
            request.CertificateExtensions.Add(names);
        }

        using var certificate = request.Create(Subject, Generator(), WholeSecond(template.Window.NotBefore), WholeSecond(template.Window.NotAfter), Serial(identity));
        return certificate.ExportCertificatePem() + "\n";
    }

    private X509SignatureGenerator Generator() => X509SignatureGenerator.CreateForRSA(_key.Value, RSASignaturePadding.Pkcs1);

    private PublicKey PublicKey() => new(_key.Value);

    private static byte[] Serial(string identity)
    {
        var serial = SHA256.HashData(Encoding.UTF8.GetBytes(identity))[..SerialBytes];
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }

    private static X509KeyUsageFlags BasicOf(KeyUsages usages) => usages.Basic.Aggregate(X509KeyUsageFlags.None, static (flags, name) => flags | name switch
    {
        "digitalSignature" => X509KeyUsageFlags.DigitalSignature,
        "contentCommitment" => X509KeyUsageFlags.NonRepudiation,
        "keyEncipherment" => X509KeyUsageFlags.KeyEncipherment,
        "dataEncipherment" => X509KeyUsageFlags.DataEncipherment,
        "keyAgreement" => X509KeyUsageFlags.KeyAgreement,
        "certSign" => X509KeyUsageFlags.KeyCertSign,
        "crlSign" => X509KeyUsageFlags.CrlSign,
        "encipherOnly" => X509KeyUsageFlags.EncipherOnly,
        _ => X509KeyUsageFlags.DecipherOnly,
    });

    private static OidCollection ExtendedOf(KeyUsages usages)
    {
        var oids = new OidCollection();
        foreach (var name in usages.Extended)
        {
            oids.Add(new Oid(name switch
            {
                "any" => "2.5.29.37.0",
                "serverAuth" => "1.3.6.1.5.5.7.3.1",
                "clientAuth" => "1.3.6.1.5.5.7.3.2",
                "codeSigning" => "1.3.6.1.5.5.7.3.3",
                "emailProtection" => "1.3.6.1.5.5.7.3.4",
                "ipsecEndSystem" => "1.3.6.1.5.5.7.3.5",
                "ipsecTunnel" => "1.3.6.1.5.5.7.3.6",
                "ipsecUser" => "1.3.6.1.5.5.7.3.7",
                "timeStamping" => "1.3.6.1.5.5.7.3.8",
                "ocspSigning" => "1.3.6.1.5.5.7.3.9",
                "microsoftServerGatedCrypto" => "1.3.6.1.4.1.311.10.3.3",
                _ => "2.16.840.1.113730.4.1",
            }));
        }

        return oids;
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond));
}
