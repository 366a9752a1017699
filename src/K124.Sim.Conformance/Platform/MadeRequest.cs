using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace K124.Sim.Conformance.Platform;

/// <summary>Makes real certificate requests of what a recording says about them.</summary>
internal static class MadeRequest
{
    private const string CommonNameOid = "2.5.4.3";
    private const string OrganizationOid = "2.5.4.10";

    public static string Pem(JsonElement request)
    {
        if (request.OptionalText("junk") is { } junk)
        {
            return junk;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var made = new CertificateRequest(Subject(request), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        var count = AddAll(request, "dnsNames", names.AddDnsName)
            + AddAll(request, "emailAddresses", names.AddEmailAddress)
            + AddAll(request, "ipAddresses", text => names.AddIpAddress(IPAddress.Parse(text)))
            + AddAll(request, "uris", text => names.AddUri(new(text)));
        if (count > 0)
        {
            made.CertificateExtensions.Add(names.Build());
        }

        return made.CreateSigningRequestPem();
    }

    private static int AddAll(JsonElement request, string name, Action<string> add)
    {
        string[] items = [.. request.Texts(name)];
        Array.ForEach(items, add);
        return items.Length;
    }

    /// <summary>Several organizations stand in one part of the name, sorted by their bytes, as Go writes them.</summary>
    private static X500DistinguishedName Subject(JsonElement request)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WritePart(writer, OrganizationOid, [.. request.Texts("organization")]);
            WritePart(writer, CommonNameOid, request.Text("commonName") is { Length: > 0 } name ? [name] : []);
        }

        return new(writer.Encode());
    }

    private static void WritePart(AsnWriter writer, string oid, string[] values)
    {
        if (values.Length == 0)
        {
            return;
        }

        using var set = writer.PushSetOf();
        foreach (var value in values)
        {
            using var attribute = writer.PushSequence();
            writer.WriteObjectIdentifier(oid);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
        }
    }
}
