using System.Collections.Immutable;
using K124.Sim.Preflight.Rules;

namespace K124.Sim.Preflight;

/// <summary>The rules, in the order in which the documentation has them.</summary>
internal static class PreflightRules
{
    public static ImmutableArray<PreflightRule> All { get; } =
    [
        new ServedVersionRule(),
        new LastAppliedVersionRule(),
        new DeprecatedVersionRule(),
        new ToolConfigurationRule(),
        new RuntimeRule(),
        new DockerSocketRule(),
        new KubeletFlagRule(),
        new DynamicKubeletConfigRule(),
        new VersionSkewRule(),
        new ComponentFlagRule(),
        new FeatureGateRule(),
        new RuntimeConfigRule(),
        new LeaderMigrationRule(),
        new WatchProgressRule(),
        new InTreeVolumeRule(),
        new ServiceAddressRule(),
        new LoadBalancerRule(),
        new PriorityClassRule(),
        new JobTrackingRule(),
        new PodSecurityPolicyRule(),
        new TokenSecretRule(),
        new ControlPlaneLabelRule(),
        new ProbeRule(),
        new SigningRequestRule(),
        new DataSourceRule(),
        new RuntimeClassRule(),
        new AggregatedApiRule(),
        new KubeadmConfigMapRule(),
    ];

    /// <summary>The rule of an id.</summary>
    public static PreflightRule Find(string id) => All.First(rule => rule.Id == id);
}
