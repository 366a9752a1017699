using K124.Sim.Manifests;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Tests.Manifests;

public sealed class SchedulerConfigurationReaderTests
{
    [Theory]
    [InlineData("v1beta3")]
    [InlineData("v1beta2")]
    public void Empty_configuration_is_the_default_one(string version)
    {
        var configuration = Read(version, "");
        Assert.Equal(version == "v1beta3" ? SchedulerProfile.Default : SchedulerProfile.V1Beta2, Assert.Single(configuration.Profiles));
        Assert.Equal(version == "v1beta3" ? SchedulerProfile.Default : SchedulerProfile.V1Beta2, Assert.Single(Read(version, "profiles: [{schedulerName: default-scheduler}]").Profiles));
    }

    /// <summary>What the scheduler itself writes out as its configuration, with every default in it.</summary>
    [Fact]
    public void Configuration_written_out_in_full_is_the_default_one()
    {
        var configuration = Read("v1beta3", """
            clientConnection: {acceptContentTypes: "", burst: 100, contentType: application/vnd.kubernetes.protobuf, kubeconfig: "", qps: 50}
            enableContentionProfiling: true
            enableProfiling: true
            leaderElection: {leaderElect: true, leaseDuration: 15s, renewDeadline: 10s, resourceLock: leases, resourceName: kube-scheduler, resourceNamespace: kube-system, retryPeriod: 2s}
            parallelism: 16
            percentageOfNodesToScore: 0
            podInitialBackoffSeconds: 1
            podMaxBackoffSeconds: 10
            profiles:
            - schedulerName: default-scheduler
              pluginConfig:
              - {name: DefaultPreemption, args: {apiVersion: kubescheduler.config.k8s.io/v1beta3, kind: DefaultPreemptionArgs, minCandidateNodesAbsolute: 100, minCandidateNodesPercentage: 10}}
              - {name: InterPodAffinity, args: {apiVersion: kubescheduler.config.k8s.io/v1beta3, kind: InterPodAffinityArgs, hardPodAffinityWeight: 1}}
              - {name: NodeAffinity, args: {apiVersion: kubescheduler.config.k8s.io/v1beta3, kind: NodeAffinityArgs}}
              - {name: NodeResourcesBalancedAllocation, args: {kind: NodeResourcesBalancedAllocationArgs, resources: [{name: cpu, weight: 1}, {name: memory, weight: 1}]}}
              - {name: NodeResourcesFit, args: {kind: NodeResourcesFitArgs, scoringStrategy: {type: LeastAllocated, resources: [{name: cpu, weight: 1}, {name: memory, weight: 1}]}}}
              - {name: PodTopologySpread, args: {kind: PodTopologySpreadArgs, defaultingType: System}}
              - {name: VolumeBinding, args: {kind: VolumeBindingArgs, bindTimeoutSeconds: 600}}
              plugins:
                multiPoint:
                  enabled:
                  - {name: PrioritySort, weight: 0}
                  - {name: NodeUnschedulable, weight: 0}
                  - {name: NodeName, weight: 0}
                  - {name: TaintToleration, weight: 3}
                  - {name: NodeAffinity, weight: 2}
                  - {name: NodePorts, weight: 0}
                  - {name: NodeResourcesFit, weight: 1}
                  - {name: VolumeRestrictions, weight: 0}
                  - {name: EBSLimits, weight: 0}
                  - {name: GCEPDLimits, weight: 0}
                  - {name: NodeVolumeLimits, weight: 0}
                  - {name: AzureDiskLimits, weight: 0}
                  - {name: VolumeBinding, weight: 0}
                  - {name: VolumeZone, weight: 0}
                  - {name: PodTopologySpread, weight: 2}
                  - {name: InterPodAffinity, weight: 2}
                  - {name: DefaultPreemption, weight: 0}
                  - {name: NodeResourcesBalancedAllocation, weight: 1}
                  - {name: ImageLocality, weight: 1}
                  - {name: DefaultBinder, weight: 0}
            """);
        Assert.Equal(SchedulerConfiguration.Default, configuration with { Profiles = SchedulerConfiguration.Default.Profiles });
        Assert.Equal(SchedulerProfile.Default, Assert.Single(configuration.Profiles));
    }

    [Fact]
    public void Plugins_enabled_at_a_point_come_first_then_MultiPoint_then_the_rest()
    {
        var plugins = Read("v1beta3", """
            profiles:
            - plugins:
                multiPoint:
                  enabled: [{name: TaintToleration, weight: 7}]
                  disabled: [{name: "*"}]
                queueSort: {enabled: [{name: PrioritySort}]}
                bind: {enabled: [{name: DefaultBinder}]}
                preScore: {enabled: [{name: SelectorSpread}]}
                score: {enabled: [{name: ImageLocality}, {name: SelectorSpread, weight: 2}]}
                filter: {enabled: [{name: NodeName}]}
            """).Profiles[0].Plugins;
        Assert.Equal("TaintToleration NodeName", string.Join(' ', plugins.Filter));
        Assert.Equal("TaintToleration SelectorSpread", string.Join(' ', plugins.PreScore));
        Assert.Equal("TaintToleration 7, ImageLocality 1, SelectorSpread 2", string.Join(", ", plugins.Score.Select(static plugin => $"{plugin.Name} {plugin.Weight}")));
        Assert.Empty(plugins.PostFilter);
    }

    [Fact]
    public void Weight_at_the_point_wins_and_star_keeps_MultiPoint_out()
    {
        var plugins = Read("v1beta3", """
            profiles:
            - plugins:
                score: {enabled: [{name: NodeResourcesFit, weight: 9}], disabled: [{name: ImageLocality}]}
                postFilter: {disabled: [{name: "*"}]}
            """).Profiles[0].Plugins;
        Assert.Equal(new ScorePlugin("NodeResourcesFit", 9), plugins.Score[0]);
        Assert.DoesNotContain(plugins.Score, static plugin => plugin.Name == "ImageLocality");
        Assert.Equal(SchedulerProfile.Default.Plugins.Score.Length - 1, plugins.Score.Length);
        Assert.Empty(plugins.PostFilter);
    }

    [Fact]
    public void Default_of_v1beta2_that_is_named_again_keeps_its_place()
    {
        var plugins = Read("v1beta2", "profiles: [{plugins: {score: {enabled: [{name: ImageLocality, weight: 5}, {name: SelectorSpread}]}, preScore: {enabled: [{name: SelectorSpread}]}}}]").Profiles[0].Plugins;
        Assert.Equal(new ScorePlugin("ImageLocality", 5), plugins.Score[1]);
        Assert.Equal(new ScorePlugin("SelectorSpread"), plugins.Score[^1]);
    }

    [Fact]
    public void Arguments_reach_the_profile()
    {
        var profile = Read("v1beta3", """
            percentageOfNodesToScore: 30
            profiles:
            - schedulerName: packed
              pluginConfig:
              - name: NodeResourcesFit
                args:
                  kind: NodeResourcesFitArgs
                  ignoredResourceGroups: [example.com]
                  scoringStrategy:
                    type: RequestedToCapacityRatio
                    resources: [{name: cpu, weight: 0}, {name: example.com/gpu, weight: 3}]
                    requestedToCapacityRatio: {shape: [{utilization: 0, score: 0}, {utilization: 100, score: 10}]}
              - name: InterPodAffinity
                args: {hardPodAffinityWeight: 42}
              - name: DefaultPreemption
                args: {minCandidateNodesAbsolute: 7}
              - name: PodTopologySpread
                args: {defaultingType: List, defaultConstraints: [{maxSkew: 2, topologyKey: rack, whenUnsatisfiable: ScheduleAnyway}]}
              - name: NodeAffinity
                args: {addedAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: team, operator: Exists}]}]}}}
            """).Profiles[0];
        Assert.Equal("packed", profile.SchedulerName);
        Assert.Equal(["example.com"], profile.NodeResourcesFitArgs.IgnoredResourceGroups.AsEnumerable());
        Assert.Equal([new("cpu", 1), new("example.com/gpu", 3)], profile.NodeResourcesFitArgs.ScoringStrategy.Resources.AsEnumerable());
        Assert.Equal([new(0, 0), new(100, 10)], profile.NodeResourcesFitArgs.ScoringStrategy.Shape.AsEnumerable());
        Assert.Equal(42, profile.InterPodAffinityArgs.HardPodAffinityWeight);
        Assert.Equal((10, 7), (profile.DefaultPreemptionArgs.MinCandidateNodesPercentage, profile.DefaultPreemptionArgs.MinCandidateNodesAbsolute));
        Assert.Equal(("rack", 2), (profile.PodTopologySpreadArgs.DefaultConstraints[0].TopologyKey, profile.PodTopologySpreadArgs.DefaultConstraints[0].MaxSkew));
        Assert.Equal("team", profile.NodeAffinityArgs.AddedAffinity!.RequiredDuringSchedulingIgnoredDuringExecution!.NodeSelectorTerms[0].MatchExpressions[0].Key);
    }

    [Theory]
    [InlineData("profile: []", "profile: unknown field")]
    [InlineData("percentageOfNodesToScore: 101", "percentageOfNodesToScore: expected a whole number from 0 to 100")]
    [InlineData("extenders: [{urlPrefix: x, prioritizeVerb: p}]", "extenders[0].weight: Invalid value: 0: must have a positive weight applied to it")]
    [InlineData("extenders: [{urlPrefix: x, managedResources: [{name: cpu}]}]", "extenders[0].managedResources[0].name: Invalid value: \"cpu\": is an invalid extended resource name")]
    [InlineData("extenders: [{urlPrefix: x, bindVerb: b}, {urlPrefix: z, bindVerb: b}]", "extenders: Invalid value: found 2 extenders implementing bind: only one extender can implement bind")]
    [InlineData("profiles: [{pluginConfig: [{name: VolumeBinding, args: {shape: [{utilization: 0, score: 1}]}}]}]", "profiles[0].volumeBindingArgs.shape: Invalid value: 1: unexpected field `shape`, feature gate VolumeCapacityPriority is disabled")]
    [InlineData("profiles: [{plugins: {filter: {enabled: [{name: NodeLabel}]}}}]", "profiles[0].plugins.filter.enabled[0].name: there is no plugin 'NodeLabel'")]
    [InlineData("profiles: [{plugins: {filter: {enabled: [{name: ImageLocality}]}}}]", "profiles[0].plugins.filter: Invalid value: \"ImageLocality\": the plugin does not extend Filter")]
    [InlineData("profiles: [{pluginConfig: [{name: NodePorts, args: {x: 1}}]}]", "profiles[0].pluginConfig[0].args.x: unknown field")]
    [InlineData("profiles: [{pluginConfig: [{name: InterPodAffinity, args: {hardPodAffinityWeight: 101}}]}]", "profiles[0].pluginConfig[0].args.hardPodAffinityWeight: expected a whole number from 0 to 100")]
    [InlineData("profiles: [{}, {}]", "profiles[1].schedulerName: Duplicate value: \"default-scheduler\"")]
    public void What_does_not_belong_is_refused_by_its_place(string text, string error)
    {
        var result = SchedulerConfigurationReader.Parse($"apiVersion: kubescheduler.config.k8s.io/v1beta3\nkind: KubeSchedulerConfiguration\n{text}");
        Assert.Null(result.Configuration);
        Assert.Equal(error, Assert.Single(result.Errors).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("kind: Pod\napiVersion: v1")]
    [InlineData("a: [")]
    [InlineData("- 1")]
    public void Other_texts_are_refused(string text) => Assert.NotEmpty(SchedulerConfigurationReader.Parse(text).Errors);

    private static SchedulerConfiguration Read(string version, string text)
    {
        var result = SchedulerConfigurationReader.Parse($"apiVersion: kubescheduler.config.k8s.io/{version}\nkind: KubeSchedulerConfiguration\n{text}");
        Assert.Empty(result.Errors);
        return result.Configuration!;
    }
}
