using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Rules of what a request for a certificate asks for.</summary>
internal static class CertificateRequestRules
{
    private const string LegacySigner = "kubernetes.io/legacy-unknown";
    private const int LongestDomain = 253;
    private const int LongestSigner = LongestDomain + 1 + LongestDomain + 1 + 63;
    private const long ShortestSeconds = 600;

    private static readonly string[] Usages =
    [
        "any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data encipherment", "decipher only",
        "digital signature", "email protection", "encipher only", "ipsec end system", "ipsec tunnel", "ipsec user", "key agreement",
        "key encipherment", "microsoft sgc", "netscape sgc", "ocsp signing", "s/mime", "server auth", "signing", "timestamping",
    ];

    /// <summary>Checks a specification; what the stored one has wrong already may stay.</summary>
    public static void Spec(JsonObject? spec, JsonObject? old, FieldPath path, FieldErrors errors)
    {
        if (PemText.RequestError(spec.Text("request")) is { } wrong)
        {
            errors.InvalidPrinted(path.Child("request"), "[]byte{}", wrong);
        }

        UsageNames(spec.Texts("usages"), old.Texts("usages"), path.Child("usages"), errors);
        var signer = spec.Text("signerName");
        if (signer == LegacySigner && old.Text("signerName") != LegacySigner)
        {
            errors.Invalid(path.Child("signerName"), signer, "the legacy signerName is not allowed via this API version");
        }
        else
        {
            SignerName(signer, path.Child("signerName"), errors);
        }

        if (spec.NumberOrNull("expirationSeconds") is { } seconds and < ShortestSeconds)
        {
            errors.Invalid(path.Child("expirationSeconds"), seconds, "may not specify a duration less than 600 seconds (10 minutes)");
        }
    }

    private static void UsageNames(IReadOnlyList<string> usages, IReadOnlyList<string> old, FieldPath path, FieldErrors errors)
    {
        if (usages.Count == 0)
        {
            errors.Required(path, "usages must be provided");
        }

        if (old.All(Usages.Contains))
        {
            for (var i = 0; i < usages.Count; i++)
            {
                if (!Usages.Contains(usages[i]))
                {
                    errors.NotSupported(path.Index(i), usages[i], Usages);
                }
            }
        }

        if (old.Distinct(StringComparer.Ordinal).Count() == old.Count)
        {
            for (var i = 0; i < usages.Count; i++)
            {
                if (usages.Take(i).Contains(usages[i]))
                {
                    errors.Duplicate(path.Index(i), usages[i]);
                }
            }
        }
    }

    private static void SignerName(string signer, FieldPath path, FieldErrors errors)
    {
        if (signer.Length == 0)
        {
            errors.Required(path, "signerName must be provided");
            return;
        }

        var parts = signer.Split('/');
        if (parts.Length != 2)
        {
            errors.Invalid(path, signer, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
            return;
        }

        if (NameRules.Utf8Length(parts[0]) > LongestDomain)
        {
            errors.TooLong(path, LongestDomain);
        }

        Labels(parts[0], NameRules.DnsLabel, path, errors);
        if (!parts[0].Contains('.', StringComparison.Ordinal))
        {
            errors.Invalid(path, parts[0], "should be a domain with at least two segments separated by dots");
        }

        Labels(parts[1], NameRules.Subdomain, path, errors);
        if (NameRules.Utf8Length(signer) > LongestSigner)
        {
            errors.TooLong(path, LongestSigner);
        }
    }

    // The first label that is wrong is told, with everything that is wrong with it.
    private static void Labels(string text, Func<string, string[]> check, FieldPath path, FieldErrors errors)
    {
        foreach (var label in text.Split('.'))
        {
            if (check(label) is { Length: > 0 } wrong)
            {
                foreach (var why in wrong)
                {
                    errors.Invalid(path, text, $"validating label {GoText.Quote(label)}: {why}");
                }

                return;
            }
        }
    }
}
