using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace K124.Sim.Platform.Certificates;

/// <summary>Reads certificate requests in PEM form.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/certificates.</remarks>
internal static class SigningRequestReader
{
    private const string Label = "CERTIFICATE REQUEST";
    private const string CommonNameOid = "2.5.4.3";
    private const string OrganizationOid = "2.5.4.10";
    private const string AlternativeNamesOid = "2.5.29.17";

    private static readonly ImmutableDictionary<string, string> ShortNames = ImmutableDictionary<string, string>.Empty
        .Add(CommonNameOid, "CN").Add("2.5.4.5", "SERIALNUMBER").Add("2.5.4.6", "C").Add("2.5.4.7", "L").Add("2.5.4.8", "ST")
        .Add("2.5.4.9", "STREET").Add(OrganizationOid, "O").Add("2.5.4.11", "OU").Add("2.5.4.17", "POSTALCODE");

    /// <summary>Reads a request.</summary>
    /// <param name="pem">Its text.</param>
    /// <param name="request">What it asks for.</param>
    /// <param name="problem">Why it cannot be read, in the words of 1.24.</param>
    public static bool TryParse(string pem, [NotNullWhen(true)] out SigningRequest? request, [NotNullWhen(false)] out string? problem)
    {
        request = null;
        if (!PemEncoding.TryFind(pem, out var fields) || pem[fields.Label] != Label)
        {
            problem = $"PEM block type must be {Label}";
            return false;
        }

        return TryParseDer(Convert.FromBase64String(pem[fields.Base64Data]), out request, out problem);
    }

    /// <summary>Reads the content of the first block of a PEM text, whatever it calls itself.</summary>
    public static bool TryParseAnyBlock(string pem, [NotNullWhen(true)] out SigningRequest? request, [NotNullWhen(false)] out string? problem)
    {
        request = null;
        problem = "asn1: syntax error: sequence truncated";
        return PemEncoding.TryFind(pem, out var fields) && TryParseDer(Convert.FromBase64String(pem[fields.Base64Data]), out request, out problem);
    }

    private static bool TryParseDer(byte[] der, [NotNullWhen(true)] out SigningRequest? request, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            var read = CertificateRequest.LoadSigningRequest(
                der,
                HashAlgorithmName.SHA256,
                out _,
                CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions | CertificateRequestLoadOptions.SkipSignatureValidation);
            var parts = SubjectParts(read.SubjectName.RawData);
            var names = AlternativeNames(read.CertificateExtensions.FirstOrDefault(extension => extension.Oid?.Value == AlternativeNamesOid)?.RawData);
            request = new()
            {
                CommonName = parts.SelectMany(part => part).LastOrDefault(part => part.Oid == CommonNameOid).Value ?? "",
                Organization = [.. parts.SelectMany(part => part).Where(part => part.Oid == OrganizationOid).Select(part => part.Value)],
                DnsNames = NamesOf(names, 2),
                EmailAddresses = NamesOf(names, 1),
                Uris = NamesOf(names, 6),
                IPAddresses = NamesOf(names, 7),
                Subject = string.Join(',', parts.Reverse().Select(part => string.Join('+', part.Select(Text)))),
            };
            problem = null;
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            (request, problem) = (null, DerFault.Of(der));
            return false;
        }
    }

    private static ImmutableArray<string> NamesOf(ImmutableArray<(int Kind, string Value)> names, int kind) =>
        [.. names.Where(name => name.Kind == kind).Select(name => name.Value)];

    private static string Text((string Oid, string Value) part) => $"{ShortNames.GetValueOrDefault(part.Oid, part.Oid)}={part.Value}";

    private static ImmutableArray<ImmutableArray<(string Oid, string Value)>> SubjectParts(byte[] der)
    {
        var parts = ImmutableArray.CreateBuilder<ImmutableArray<(string, string)>>();
        var sequence = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            var set = sequence.ReadSetOf();
            var values = ImmutableArray.CreateBuilder<(string, string)>();
            while (set.HasData)
            {
                var attribute = set.ReadSequence();
                var oid = attribute.ReadObjectIdentifier();
                values.Add((oid, attribute.ReadCharacterString((UniversalTagNumber)attribute.PeekTag().TagValue)));
            }

            parts.Add(values.ToImmutable());
        }

        return parts.ToImmutable();
    }

    private static ImmutableArray<(int Kind, string Value)> AlternativeNames(byte[]? der)
    {
        if (der is null)
        {
            return [];
        }

        var names = ImmutableArray.CreateBuilder<(int, string)>();
        var sequence = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            var tag = sequence.PeekTag();
            names.Add(tag.TagValue switch
            {
                1 or 2 or 6 => (tag.TagValue, sequence.ReadCharacterString(UniversalTagNumber.IA5String, tag)),
                7 => (tag.TagValue, new System.Net.IPAddress(sequence.ReadOctetString(tag)).ToString()),
                _ => (tag.TagValue, Convert.ToHexString(sequence.ReadEncodedValue().Span)),
            });
        }

        return names.ToImmutable();
    }
}
