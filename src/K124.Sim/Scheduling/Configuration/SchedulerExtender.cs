using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.Configuration;

/// <summary>A process beside the scheduler that has a say in where pods go. Here the code of the caller answers in its place.</summary>
/// <remarks>It is asked after the plugins, about the nodes that passed them.
/// Kubernetes 1.24 pkg/scheduler/apis/config (Extender), pkg/scheduler/extender.go.</remarks>
public sealed record SchedulerExtender
{
    private readonly Items<ExtenderManagedResource> _managedResources;

    /// <summary>Address of the process; here its name only.</summary>
    public string UrlPrefix { get; init => field = value ?? ""; } = "";

    /// <summary>Path of the question which nodes may take a pod; empty if it is not asked.</summary>
    public string FilterVerb { get; init => field = value ?? ""; } = "";

    /// <summary>Path of the question how good nodes are for a pod; empty if it is not asked.</summary>
    public string PrioritizeVerb { get; init => field = value ?? ""; } = "";

    /// <summary>Path of the question whom to evict; empty if it is not asked.</summary>
    public string PreemptVerb { get; init => field = value ?? ""; } = "";

    /// <summary>Path of the order to bind a pod; empty if the scheduler binds.</summary>
    public string BindVerb { get; init => field = value ?? ""; } = "";

    /// <summary>What its scores are multiplied with.</summary>
    /// <value>At least 1 if it scores; 0 by default.</value>
    public long Weight { get; init; }

    /// <summary>Whether attempts go on without it when it fails.</summary>
    public bool Ignorable { get; init; }

    /// <summary>Extended resources that it manages: it is asked only about pods that ask for one of them, or about all pods if there are none.</summary>
    /// <value>None by default.</value>
    public ImmutableArray<ExtenderManagedResource> ManagedResources { get => _managedResources.Array; init => _managedResources = new(value); }

    /// <summary>Answers which of the nodes may take a pod; needed where <see cref="FilterVerb"/> is given.</summary>
    public Func<Pod, ImmutableArray<Node>, ExtenderFilterResult>? Filter { get; init; }

    /// <summary>Answers how good each of the nodes is for a pod, 0 to 10, in their order; needed where <see cref="PrioritizeVerb"/> is given.</summary>
    /// <remarks>An answer of another length counts as a failure, and failures to score are ignored.</remarks>
    public Func<Pod, ImmutableArray<Node>, ImmutableArray<long>>? Prioritize { get; init; }

    /// <summary>Answers on which of the candidates pods may be evicted for a pod, and which; needed where <see cref="PreemptVerb"/> is given.</summary>
    public Func<Pod, ImmutableArray<PreemptionCandidate>, ExtenderPreemptionResult>? Preempt { get; init; }

    /// <summary>Answers why it does not bind a pod to a node; null or empty if it does. Needed where <see cref="BindVerb"/> is given.</summary>
    /// <remarks>The binding itself is written on its behalf.</remarks>
    public Func<Pod, string, string?>? Bind { get; init; }

    /// <summary>Whether it is asked about a pod at all.</summary>
    internal bool IsInterestedIn(Pod pod) =>
        ManagedResources.IsEmpty || pod.Spec.Containers.Any(Manages) || pod.Spec.InitContainers.Any(Manages);

    private bool Manages(Container container)
    {
        foreach (var resource in ManagedResources)
        {
            if (container.Resources.Requests.ContainsKey(resource.Name) || container.Resources.Limits.ContainsKey(resource.Name))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>An extended resource that an extender manages.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IgnoredByScheduler">Whether NodeResourcesFit does not look whether nodes have it.</param>
public sealed record ExtenderManagedResource(string Name, bool IgnoredByScheduler = false);

/// <summary>An extender's answer which nodes may take a pod.</summary>
public sealed record ExtenderFilterResult
{
    /// <summary>Names of the nodes that may take it.</summary>
    public ImmutableArray<string> NodeNames { get => field.IsDefault ? [] : field; init; }

    /// <summary>Why other nodes may not, by their names.</summary>
    public StringMap<string> FailedNodes { get; init; } = StringMap<string>.Empty;

    /// <summary>Why other nodes may not, which eviction does not change, by their names.</summary>
    public StringMap<string> FailedAndUnresolvableNodes { get; init; } = StringMap<string>.Empty;

    /// <summary>Why it cannot answer; empty if it can.</summary>
    public string Error { get; init => field = value ?? ""; } = "";
}

/// <summary>An extender's answer on which nodes pods may be evicted.</summary>
public sealed record ExtenderPreemptionResult
{
    /// <summary>The nodes that are left, each with whom to evict; at least one pod a node.</summary>
    public ImmutableArray<ExtenderVictims> Nodes { get => field.IsDefault ? [] : field; init; }

    /// <summary>Why it cannot answer; empty if it can.</summary>
    public string Error { get; init => field = value ?? ""; } = "";
}

/// <summary>Whom an extender would evict of a node.</summary>
/// <param name="NodeName">Name of the node.</param>
/// <param name="Victims">The pods, the most important first.</param>
/// <param name="PodDisruptionBudgetViolations">How many of them violate a budget.</param>
public sealed record ExtenderVictims(string NodeName, ImmutableArray<Pod> Victims, int PodDisruptionBudgetViolations = 0);
