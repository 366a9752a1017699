namespace K124.Sim.Preflight.Rules;

/// <summary>Policies for pods that 1.25 drops, and what hangs on them.</summary>
internal sealed record PodSecurityPolicyRule() : PreflightRule("pod-security-policy", "Use of PodSecurityPolicy", PreflightSeverity.Warning)
{
    /// <summary>The kind.</summary>
    public const string Policy = "PodSecurityPolicy";

    private const string Remedy = "move to Pod Security admission before 1.25";

    public override IEnumerable<PreflightFinding> Check(PreflightContext context) => context.OfKind(Policy)
        .Where(static item => item.ApiVersion == "policy/v1beta1")
        .Select(item => Warn(item, "", "served in 1.24 for the last time; from v1.25 on nothing enforces it", Remedy))
        .Concat(context.OfKind("Role").Concat(context.OfKind("ClusterRole")).SelectMany(Role))
        .Concat(context.Components.SelectMany(Server));

    private IEnumerable<PreflightFinding> Role(PreflightItem item) => item.Root["rules"].Items()
        .Where(static rule => rule["resources"].Texts().Contains("podsecuritypolicies") && rule["verbs"].Texts().Contains("use"))
        .Select(rule => Warn(item, rule.Path, "it lets its subjects use policies for pods, which 1.25 drops", Remedy));

    private IEnumerable<PreflightFinding> Server(ComponentLine line)
    {
        if (line.Component == ComponentLine.ApiServer && line.Find("enable-admission-plugins") is { } flag && flag.Value.Split(',').Contains(Policy))
        {
            yield return Warn(line.Item, flag.Path, "the admission plugin is there in 1.24; with it kube-apiserver 1.25 does not start", Remedy);
        }
    }
}
