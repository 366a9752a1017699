using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using K124.Sim.Text;

namespace K124.Sim.Platform.Certificates;

/// <summary>The usages that a request names, and what they become in a certificate.</summary>
/// <param name="Basic">Names of the key usages, in the order of their bits.</param>
/// <param name="Extended">Names of the extended key usages, in the order of their numbers in Go.</param>
internal sealed record KeyUsages(ImmutableArray<string> Basic, ImmutableArray<string> Extended)
{
    public const string DigitalSignature = "digital signature";
    public const string KeyEncipherment = "key encipherment";
    public const string ClientAuth = "client auth";
    public const string ServerAuth = "server auth";

    private static readonly ImmutableArray<(string Usage, string Name)> BasicNames =
    [
        ("signing", "digitalSignature"), (DigitalSignature, "digitalSignature"), ("content commitment", "contentCommitment"),
        (KeyEncipherment, "keyEncipherment"), ("data encipherment", "dataEncipherment"), ("key agreement", "keyAgreement"),
        ("cert sign", "certSign"), ("crl sign", "crlSign"), ("encipher only", "encipherOnly"), ("decipher only", "decipherOnly"),
    ];

    private static readonly ImmutableArray<(string Usage, string Name)> ExtendedNames =
    [
        ("any", "any"), (ServerAuth, "serverAuth"), (ClientAuth, "clientAuth"), ("code signing", "codeSigning"),
        ("email protection", "emailProtection"), ("s/mime", "emailProtection"), ("ipsec end system", "ipsecEndSystem"),
        ("ipsec tunnel", "ipsecTunnel"), ("ipsec user", "ipsecUser"), ("timestamping", "timeStamping"), ("ocsp signing", "ocspSigning"),
        ("microsoft sgc", "microsoftServerGatedCrypto"), ("netscape sgc", "netscapeServerGatedCrypto"),
    ];

    /// <summary>Reads the usages of a request.</summary>
    public static bool TryParse(ImmutableArray<string> usages, [NotNullWhen(true)] out KeyUsages? read, [NotNullWhen(false)] out string? problem)
    {
        string[] unknown = [.. usages.Where(usage => !BasicNames.Concat(ExtendedNames).Any(known => known.Usage == usage))];
        if (unknown.Length > 0)
        {
            (read, problem) = (null, $"unrecognized usage values: [{string.Join(' ', unknown.Select(GoText.Quote))}]");
            return false;
        }

        (read, problem) = (new(NamesOf(BasicNames, usages), NamesOf(ExtendedNames, usages)), null);
        return true;
    }

    private static ImmutableArray<string> NamesOf(ImmutableArray<(string Usage, string Name)> names, ImmutableArray<string> usages) =>
        [.. names.Where(known => usages.Contains(known.Usage)).Select(known => known.Name).Distinct(StringComparer.Ordinal)];
}
