namespace K124.Sim.Preflight.Rules;

/// <summary>Certificate signing requests that 1.24 refuses.</summary>
internal sealed record SigningRequestRule() : ItemRule("certificate-requests", "Certificate signing requests that are refused", PreflightSeverity.Block)
{
    private const long ShortestSeconds = 600;

    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, PreflightContext context)
    {
        if (!item.Is("certificates.k8s.io", "CertificateSigningRequest") || !item.IsManifest)
        {
            yield break;
        }

        var spec = item.Root["spec"];
        if (spec["expirationSeconds"] is { Number: < ShortestSeconds } duration)
        {
            yield return Block(item, duration.Path, "may not specify a duration less than 600 seconds (10 minutes)", "ask for ten minutes or more");
        }

        if (spec["signerName"] is { Text: "kubernetes.io/legacy-unknown" } signer)
        {
            yield return Block(item, signer.Path, "certificates.k8s.io/v1 does not take requests for this signer", "name the signer that is meant");
        }
    }
}
