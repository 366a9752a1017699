using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Kinds.Admission;
using K124.Sim.Model;
using K124.Sim.Networking.LoadBalancers;
using K124.Sim.Nodes.Certificates;
using K124.Sim.Platform;
using K124.Sim.Pods;
using K124.Sim.Policy;
using K124.Sim.Scheduling;

namespace K124.Sim.ControlPlane;

/// <summary>How a <see cref="ControlPlane"/> is set up.</summary>
public sealed record ControlPlaneOptions
{
    /// <summary>The first instant.</summary>
    /// <value>The release of Kubernetes 1.24.0 by default: 2022-05-03, midnight UTC.</value>
    public DateTimeOffset Start { get; init; } = new(2022, 5, 3, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Release and feature gates of all components; seed of uids, of generated names, and of the order in which components work, where that is
    /// drawn.</summary>
    /// <value>Release, gates and seed of <see cref="Scheduler"/> by default.</value>
    public ClusterProfile Profile
    {
        get => field ?? new() { Release = Scheduler.Release, FeatureGates = Scheduler.FeatureGates, Seed = Scheduler.Seed };
        init;
    }

    /// <summary>How the scheduler decides; its release and gates are those of <see cref="Profile"/>.</summary>
    /// <value>The scheduler's defaults.</value>
    public SchedulerOptions Scheduler { get; init => field = value ?? new(); } = new();

    /// <summary>What the kubelets' stand-in does with pods.</summary>
    /// <value>Pods start at once and are ready at once.</value>
    public KubeletOptions Kubelet { get; init => field = value ?? new(); } = new();

    /// <summary>What the cloud does for a Service of type LoadBalancer without a class; a null answer leaves it to somebody else.</summary>
    /// <value>There is no cloud by default: such Services wait for an address.</value>
    public Func<Service, LoadBalancerPlan?>? LoadBalancers { get; init; }

    /// <summary>How requests for certificates are approved, signed and cleaned away.</summary>
    /// <value>As the controller manager does by default.</value>
    public CertificateOptions Certificates { get; init => field = value ?? new(); } = new();

    /// <summary>Which of the components that are due at one instant works next.</summary>
    /// <value>Machinery, then the scheduler, then controllers, by default.</value>
    public WorkOrder Order { get; init; }

    /// <summary>Names of components that do not run, for example <c>kubelet</c> or <c>default-scheduler</c>.</summary>
    /// <value>All run by default.</value>
    public ImmutableArray<string> Off { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Further components, such as a user's operator.</summary>
    /// <value>None by default.</value>
    public ImmutableArray<IComponent> Components { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What stands between a component and the API server, such as faults or a record. Asked for each component at the start and in each fork.</summary>
    /// <value>Nothing by default.</value>
    public Func<IComponent, IApiClient, IApiClient> Connect { get; init => field = value ?? Direct; } = Direct;

    /// <summary>The admission plugins; null for those that are on by default.</summary>
    internal AdmissionChain? Admission { get; init; }

    /// <summary>Admission plugins that are off, by their names on the API server's command line.</summary>
    /// <value>None by default.</value>
    public ImmutableArray<string> DisabledAdmissionPlugins { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether the account of every pod is taken as there, and as mounting no token, instead of being looked up by the plugin ServiceAccount.</summary>
    /// <value>True by default, since dumps rarely hold accounts.</value>
    public bool AssumesServiceAccounts { get; init; } = true;

    /// <summary>The metrics that horizontal autoscalers read.</summary>
    /// <value>Null by default: there are no metrics, and autoscalers are left alone.</value>
    public IUsageModel? Usage { get; init; }

    /// <summary>The root certificate that every namespace is given in its config map <c>kube-root-ca.crt</c>, as PEM text.</summary>
    /// <value>Null by default: new config maps take it from the one of <c>kube-system</c>, or hold none.</value>
    public string? RootCertificate { get; init; }

    /// <summary>Block that cluster IPs of Services come from.</summary>
    /// <value>Empty, the default: the block of 2^20 addresses that holds those of the cluster's Services; <c>10.96.0.0/12</c> if there are none.</value>
    public string ServiceRange { get; init; } = "";

    /// <summary>Units of work at one instant after which a run is given up as one that does not end.</summary>
    /// <value>10 million by default.</value>
    public long MaxStepsAtOneInstant { get; init; } = 10_000_000;

    /// <summary>Whether writes and reports are kept.</summary>
    /// <value>True by default.</value>
    public bool KeepsTimeline { get; init; } = true;

    private static IApiClient Direct(IComponent component, IApiClient client) => client;
}

/// <summary>Which of the components that are due works next.</summary>
public enum WorkOrder
{
    /// <summary>Machinery, then the scheduler, then controllers, in the order in which they were added.</summary>
    InOrder,

    /// <summary>Drawn from the seed: one of the orders that can happen in a real cluster.</summary>
    Seeded,
}
