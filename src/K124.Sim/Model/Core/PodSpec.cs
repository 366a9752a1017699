using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Desired state of a <see cref="Pod"/>.</summary>
public sealed record PodSpec
{
    internal static readonly PodSpec Default = new();

    private readonly Items<EphemeralContainer> _ephemeralContainers;
    private readonly Items<HostAlias> _hostAliases;
    private readonly Items<PodReadinessGate> _readinessGates;
    private readonly Items<Container> _containers;
    private readonly Items<Container> _initContainers;
    private readonly Items<Volume> _volumes;
    private readonly Items<Toleration> _tolerations;
    private readonly Items<TopologySpreadConstraint> _topologySpreadConstraints;
    private readonly Items<LocalObjectReference> _imagePullSecrets;

    /// <summary>Containers that run side by side.</summary>
    public ImmutableArray<Container> Containers { get => _containers.Array; init => _containers = new(value); }

    /// <summary>Containers that run one after the other before the others start.</summary>
    public ImmutableArray<Container> InitContainers { get => _initContainers.Array; init => _initContainers = new(value); }

    /// <summary>Volumes that containers may mount.</summary>
    public ImmutableArray<Volume> Volumes { get => _volumes.Array; init => _volumes = new(value); }

    /// <summary>Node the pod is bound to; empty while pending.</summary>
    public string NodeName { get; init => field = value ?? ""; } = "";

    /// <summary>Labels the node must carry.</summary>
    public StringMap<string> NodeSelector { get; init => field = value ?? StringMap<string>.Empty; } = StringMap<string>.Empty;

    /// <summary>Affinity and anti-affinity rules.</summary>
    public Affinity? Affinity { get; init; }

    /// <summary>Taints that the pod tolerates.</summary>
    public ImmutableArray<Toleration> Tolerations { get => _tolerations.Array; init => _tolerations = new(value); }

    /// <summary>How the pod spreads over topology domains.</summary>
    public ImmutableArray<TopologySpreadConstraint> TopologySpreadConstraints { get => _topologySpreadConstraints.Array; init => _topologySpreadConstraints = new(value); }

    /// <summary>Resources of the sandbox itself, from the RuntimeClass (KEP-688).</summary>
    public StringMap<Quantity> Overhead { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;

    /// <summary>Priority; null counts as 0.</summary>
    public int? Priority { get; init; }

    /// <summary>PriorityClass that the priority comes from.</summary>
    public string PriorityClassName { get; init => field = value ?? ""; } = "";

    /// <summary><c>PreemptLowerPriority</c> (also when null) or <c>Never</c>.</summary>
    public string? PreemptionPolicy { get; init; }

    /// <summary>Scheduler profile that places the pod; empty counts as <c>default-scheduler</c>.</summary>
    public string SchedulerName { get; init => field = value ?? ""; } = "";

    /// <summary><c>Always</c>, <c>OnFailure</c> or <c>Never</c>.</summary>
    public string RestartPolicy { get; init => field = value ?? ""; } = "";

    /// <summary><c>ClusterFirst</c>, <c>ClusterFirstWithHostNet</c>, <c>Default</c> or <c>None</c>; empty before defaulting.</summary>
    public string DnsPolicy { get; init => field = value ?? ""; } = "";

    /// <summary>RuntimeClass that runs the pod.</summary>
    public string? RuntimeClassName { get; init; }

    /// <summary>True if the pod uses the node's network.</summary>
    public bool HostNetwork { get; init; }

    /// <summary>Seconds between the request to stop and the kill.</summary>
    public long? TerminationGracePeriodSeconds { get; init; }

    /// <summary>Seconds the pod may be active after its start.</summary>
    public long? ActiveDeadlineSeconds { get; init; }

    /// <summary>Service account of the pod.</summary>
    public string ServiceAccountName { get; init => field = value ?? ""; } = "";

    /// <summary>Host name inside the pod.</summary>
    public string Hostname { get; init => field = value ?? ""; } = "";

    /// <summary>Subdomain of the pod's host name.</summary>
    public string Subdomain { get; init => field = value ?? ""; } = "";

    /// <summary>Secrets with registry credentials.</summary>
    public ImmutableArray<LocalObjectReference> ImagePullSecrets { get => _imagePullSecrets.Array; init => _imagePullSecrets = new(value); }

    /// <summary>Operating system of the containers.</summary>
    public PodOS? Os { get; init; }

    /// <summary>Whether the account's token is mounted; null leaves it to the account.</summary>
    public bool? AutomountServiceAccountToken { get; init; }

    /// <summary>DNS settings.</summary>
    public PodDNSConfig? DnsConfig { get; init; }

    /// <summary>Whether Services become environment variables; null before defaulting.</summary>
    public bool? EnableServiceLinks { get; init; }

    /// <summary>Containers added to the running pod.</summary>
    public ImmutableArray<EphemeralContainer> EphemeralContainers { get => _ephemeralContainers.Array; init => _ephemeralContainers = new(value); }

    /// <summary>Entries of the hosts file.</summary>
    public ImmutableArray<HostAlias> HostAliases { get => _hostAliases.Array; init => _hostAliases = new(value); }

    /// <summary>True if the pod shares the node's inter-process communication.</summary>
    public bool HostIPC { get; init; }

    /// <summary>True if the pod shares the node's processes.</summary>
    public bool HostPID { get; init; }

    /// <summary>Conditions that count for readiness.</summary>
    public ImmutableArray<PodReadinessGate> ReadinessGates { get => _readinessGates.Array; init => _readinessGates = new(value); }

    /// <summary>Security settings.</summary>
    public PodSecurityContext? SecurityContext { get; init; }

    /// <summary>Old name of <see cref="ServiceAccountName"/>.</summary>
    public string ServiceAccount { get; init => field = value ?? ""; } = "";

    /// <summary>Whether the host name is the full domain name.</summary>
    public bool? SetHostnameAsFQDN { get; init; }

    /// <summary>Whether the containers share processes.</summary>
    public bool? ShareProcessNamespace { get; init; }
}
