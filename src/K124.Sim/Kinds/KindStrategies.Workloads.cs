using K124.Sim.Kinds.Pods;
using K124.Sim.Kinds.Policy;
using K124.Sim.Kinds.Workloads;

namespace K124.Sim.Kinds;

/// <summary>Kinds that make pods, and what governs them.</summary>
internal static partial class KindStrategies
{
    private static IEnumerable<KindStrategy> Workloads() =>
    [
        new PodStrategy(),
        new PodTemplateStrategy(),
        new ReplicationControllerStrategy(),
        new ReplicaSetStrategy(),
        new DeploymentStrategy(),
        new DaemonSetStrategy(),
        new StatefulSetStrategy(),
        new ControllerRevisionStrategy(),
        new JobStrategy(),
        new CronJobStrategy(),
        new NamespaceStrategy(),
        new LimitRangeStrategy(),
        new ResourceQuotaStrategy(),
        new PriorityClassStrategy(),
        new RuntimeClassStrategy(),
        new PodDisruptionBudgetStrategy(),
        new HorizontalPodAutoscalerStrategy(),
    ];
}
