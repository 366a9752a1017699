using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="Pod"/>.</summary>
public sealed record PodStatus
{
    internal static readonly PodStatus Default = new();

    private readonly Items<ContainerStatus> _ephemeralContainerStatuses;
    private readonly Items<PodIP> _podIPs;
    private readonly Items<Condition> _conditions;
    private readonly Items<ContainerStatus> _containerStatuses;
    private readonly Items<ContainerStatus> _initContainerStatuses;

    /// <summary><c>Pending</c>, <c>Running</c>, <c>Succeeded</c>, <c>Failed</c> or <c>Unknown</c>.</summary>
    public string Phase { get; init => field = value ?? ""; } = "";

    /// <summary>Conditions such as <c>PodScheduled</c> and <c>Ready</c>.</summary>
    public ImmutableArray<Condition> Conditions { get => _conditions.Array; init => _conditions = new(value); }

    /// <summary>One-word cause of the phase.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>Text for people.</summary>
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>Node where preemption made room for the pod.</summary>
    public string NominatedNodeName { get; init => field = value ?? ""; } = "";

    /// <summary>Address of the node.</summary>
    public string HostIP { get; init => field = value ?? ""; } = "";

    /// <summary>Address of the pod.</summary>
    public string PodIP { get; init => field = value ?? ""; } = "";

    /// <summary>When the kubelet acknowledged the pod.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Quality-of-service class.</summary>
    public string QosClass { get; init => field = value ?? ""; } = "";

    /// <summary>State of each container.</summary>
    public ImmutableArray<ContainerStatus> ContainerStatuses { get => _containerStatuses.Array; init => _containerStatuses = new(value); }

    /// <summary>State of each init container.</summary>
    public ImmutableArray<ContainerStatus> InitContainerStatuses { get => _initContainerStatuses.Array; init => _initContainerStatuses = new(value); }

    /// <summary>State of each ephemeral container.</summary>
    public ImmutableArray<ContainerStatus> EphemeralContainerStatuses { get => _ephemeralContainerStatuses.Array; init => _ephemeralContainerStatuses = new(value); }

    /// <summary>Addresses of the pod, one a family.</summary>
    public ImmutableArray<PodIP> PodIPs { get => _podIPs.Array; init => _podIPs = new(value); }
}
