namespace K124.Sim.Scheduling.Configuration;

/// <summary>Which plugins place the pods that name this profile, in which order, with which weights and arguments.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/apis/config (KubeSchedulerProfile).</remarks>
public sealed record SchedulerProfile
{
    /// <summary>Name of the profile of pods that name none.</summary>
    public const string DefaultSchedulerName = "default-scheduler";

    /// <summary>The default profile of 1.24, that of <c>kubescheduler.config.k8s.io/v1beta3</c>.</summary>
    public static SchedulerProfile Default { get; } = new();

    /// <summary>The profile that a <c>kubescheduler.config.k8s.io/v1beta2</c> file starts from: other orders and weights.</summary>
    public static SchedulerProfile V1Beta2 { get; } = new() { Plugins = DefaultPlugins.V1Beta2 };

    /// <summary>The <c>spec.schedulerName</c> of the pods that it places.</summary>
    /// <value><see cref="DefaultSchedulerName"/> by default.</value>
    public string SchedulerName { get; init => field = value ?? ""; } = DefaultSchedulerName;

    /// <summary>The plugins at each extension point.</summary>
    /// <value>Those of 1.24's default profile by default.</value>
    public ProfilePlugins Plugins { get; init; } = DefaultPlugins.V1Beta3;

    /// <summary>How many candidates preemption looks for.</summary>
    public DefaultPreemptionArgs DefaultPreemptionArgs { get; init; } = new();

    /// <summary>Arguments of InterPodAffinity.</summary>
    public InterPodAffinityArgs InterPodAffinityArgs { get; init; } = new();

    /// <summary>Arguments of NodeAffinity.</summary>
    public NodeAffinityArgs NodeAffinityArgs { get; init; } = new();

    /// <summary>Arguments of NodeResourcesBalancedAllocation.</summary>
    public NodeResourcesBalancedAllocationArgs NodeResourcesBalancedAllocationArgs { get; init; } = new();

    /// <summary>Arguments of NodeResourcesFit.</summary>
    public NodeResourcesFitArgs NodeResourcesFitArgs { get; init; } = new();

    /// <summary>Arguments of PodTopologySpread.</summary>
    public PodTopologySpreadArgs PodTopologySpreadArgs { get; init; } = new();

    /// <summary>Arguments of VolumeBinding.</summary>
    public VolumeBindingArgs VolumeBindingArgs { get; init; } = new();
}
