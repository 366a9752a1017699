using System.Text.RegularExpressions;

namespace K124.Sim.Platform.Signatures;

/// <summary>Who is allowed to have signed.</summary>
/// <param name="Subject">Name in the certificate: an email address or a URI.</param>
/// <param name="Issuer">Who vouched for that name.</param>
internal sealed record SignerIdentity(string Subject, string Issuer)
{
    /// <summary>Who promotes the images of Kubernetes' releases.</summary>
    public static SignerIdentity KubernetesPromotion { get; } = new("krel-trust@k8s-releng-prod.iam.gserviceaccount.com", "https://accounts.google.com");

    /// <summary>Whether subject and issuer are patterns that must match as a whole.</summary>
    public bool ArePatterns { get; init; }

    /// <summary>Whether a subject is meant.</summary>
    public bool AcceptsSubject(string subject) => Matches(Subject, subject);

    /// <summary>Whether an issuer is meant.</summary>
    public bool AcceptsIssuer(string issuer) => Matches(Issuer, issuer);

    private bool Matches(string wanted, string found) => ArePatterns
        ? Regex.IsMatch(found, $@"\A(?:{wanted})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)
        : wanted == found;
}
