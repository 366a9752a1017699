namespace K124.Sim.Preflight.Rules;

/// <summary>API servers behind the aggregator and their OpenAPI documents.</summary>
internal sealed record AggregatedApiRule() : ItemRule("openapi-v3", "Aggregated API servers and OpenAPI v3", PreflightSeverity.Info)
{
    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, PreflightContext context)
    {
        if (item.Is("apiregistration.k8s.io", "APIService") && item.Root["spec"]["service"] is { Exists: true } service)
        {
            yield return Tell(
                item,
                service.Path,
                "OpenAPI v3 is beta and on: unless this server answers /openapi/v3 itself, its v2 document is turned into v3, with losses",
                "upgrade the server if clients need its v3 document");
        }
    }
}
