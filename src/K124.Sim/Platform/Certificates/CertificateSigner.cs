using System.Diagnostics.CodeAnalysis;
using K124.Sim.Text;

namespace K124.Sim.Platform.Certificates;

/// <summary>What a signer does with a request.</summary>
/// <param name="Failure">Message of the condition that ends the request; null if it goes on.</param>
/// <param name="Error">Why it is tried again; null if it is not.</param>
/// <param name="Certificate">What the certificate says; null if none is issued.</param>
internal sealed record SigningDecision(string? Failure = null, string? Error = null, CertificateTemplate? Certificate = null)
{
    /// <summary>Reason of the condition that ends a request.</summary>
    public const string FailureReason = "SignerValidationFailure";

    /// <summary>Nothing is to be done.</summary>
    public static SigningDecision Nothing { get; } = new();
}

/// <summary>What an issued certificate says; it is never one of an authority.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Usages">Its usages.</param>
/// <param name="Window">Its validity.</param>
internal sealed record CertificateTemplate(string Subject, KeyUsages Usages, SigningWindow Window);

/// <summary>A signer of the controller manager.</summary>
/// <param name="SignerName">Its name.</param>
/// <param name="Ttl">The longest it lets a certificate live.</param>
/// <param name="AuthorityEnd">When the certificate of its authority ends.</param>
/// <remarks>Kubernetes 1.24 pkg/controller/certificates/signer.</remarks>
internal sealed record CertificateSigner(string SignerName, TimeSpan Ttl, DateTimeOffset AuthorityEnd)
{
    /// <summary>Decides about a request.</summary>
    public SigningDecision Decide(SigningCase signingCase, DateTimeOffset now)
    {
        var isApproved = signingCase.Has(SigningCase.Approved) && !signingCase.Has(SigningCase.Denied);
        var hasFailed = signingCase.Conditions.Any(static condition => condition is { Type: SigningCase.Failed, Status: "True" });
        if (signingCase.IsIssued || !isApproved || hasFailed || signingCase.SignerName != SignerName)
        {
            return SigningDecision.Nothing;
        }

        if (!SigningRequestReader.TryParse(signingCase.Request, out var request, out var problem))
        {
            return new(Error: $"unable to parse csr {GoText.Quote(signingCase.Name)}: {problem}");
        }

        if (BuiltInSigner.Fault(SignerName, request, signingCase.Usages) is { } fault)
        {
            return new(Failure: fault);
        }

        return TrySign(signingCase, now, out var certificate, out problem)
            ? new(Certificate: certificate)
            : new(Error: $"error auto signing csr: {problem}");
    }

    /// <summary>What a certificate would say, without asking whether the request may have one.</summary>
    public bool TrySign(
        SigningCase signingCase,
        DateTimeOffset now,
        [NotNullWhen(true)] out CertificateTemplate? certificate,
        [NotNullWhen(false)] out string? problem)
    {
        certificate = null;
        if (!SigningRequestReader.TryParseAnyBlock(signingCase.Request, out var request, out problem))
        {
            problem = $"unable to parse certificate request: {problem}";
            return false;
        }

        if (!KeyUsages.TryParse(signingCase.Usages, out var usages, out problem))
        {
            return false;
        }

        if (!SigningWindow.TryMake(now, SigningWindow.Duration(Ttl, signingCase.ExpirationSeconds), AuthorityEnd, out var window, out problem))
        {
            problem += AuthorityEnd.ToString("yyyy-MM-dd HH:mm:ss +0000 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
            return false;
        }

        certificate = new(request.Subject, usages, window);
        return true;
    }
}
