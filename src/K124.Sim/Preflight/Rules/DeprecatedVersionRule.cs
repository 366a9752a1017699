using K124.Sim.Platform;

namespace K124.Sim.Preflight.Rules;

/// <summary>Objects in versions that the next releases drop.</summary>
internal sealed record DeprecatedVersionRule() : ItemRule("api-deprecated", "Objects in versions that a later release drops", PreflightSeverity.Warning)
{
    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, PreflightContext context)
    {
        // Policies for pods have a rule of their own.
        if (item.Kind == PodSecurityPolicyRule.Policy || ApiVersions.Stored(item.ApiVersion, item.Kind) is not { } stored || !ApiVersions.IsServed(stored, context))
        {
            yield break;
        }

        var until = stored.RemovedMinor is { } removed ? $", not served from v1.{removed} on" : "";
        if (stored.DeprecatedMinor <= ServingRelease.Kubernetes124.Minor)
        {
            yield return Warn(
                item,
                "apiVersion",
                $"{item.ApiVersion} {item.Kind} is served, with a warning: deprecated in v1.{stored.DeprecatedMinor}{until}",
                stored.Replacement is { } version ? $"write it as {version}" : "look for another way before that release");
        }
        else if (item.IsManifest && item.ApiVersion.Contains("beta", StringComparison.Ordinal))
        {
            yield return Tell(item, "apiVersion", $"{item.ApiVersion} {item.Kind} is a beta API that 1.24 serves{until}", "nothing now; watch the next releases");
        }
    }
}
