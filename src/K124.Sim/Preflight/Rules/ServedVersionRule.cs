
namespace K124.Sim.Preflight.Rules;

/// <summary>Objects in versions that 1.24 does not serve.</summary>
internal sealed record ServedVersionRule() : ItemRule("api-not-served", "Objects in versions that 1.24 does not serve", PreflightSeverity.Block)
{
    private const string Field = "apiVersion";

    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, PreflightContext context)
    {
        if (ApiVersions.Gone(item.ApiVersion, item.Kind) is { } gone)
        {
            var instead = gone.Replacement is { } version ? $"write it as {version}" : "there is no other version";
            yield return Block(item, Field, $"{item.ApiVersion} {item.Kind} is not served since v1.{gone.RemovedMinor}: the request is answered with 404", instead);
        }
        else if (ApiVersions.Stored(item.ApiVersion, item.Kind) is { } stored && !ApiVersions.IsServed(stored, context))
        {
            yield return Block(
                item,
                Field,
                $"{item.ApiVersion} {item.Kind} is off: new beta and alpha APIs are not served unless --runtime-config names them",
                $"switch it on with --runtime-config={stored.Key}=true, or do without it");
        }
    }
}
