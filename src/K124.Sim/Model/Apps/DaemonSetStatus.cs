using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="DaemonSet"/>.</summary>
public sealed record DaemonSetStatus
{
    internal static readonly DaemonSetStatus Default = new();

    private readonly Items<Condition> _conditions;

    /// <summary>Times a generated name was taken; null before the first.</summary>
    public int? CollisionCount { get; init; }

    /// <summary>Conditions, one a type.</summary>
    public ImmutableArray<Condition> Conditions { get => _conditions.Array; init => _conditions = new(value); }

    /// <summary>Nodes that run a pod and should.</summary>
    public int CurrentNumberScheduled { get; init; }

    /// <summary>Nodes that should run a pod.</summary>
    public int DesiredNumberScheduled { get; init; }

    /// <summary>Nodes that should run a pod and have one available.</summary>
    public int NumberAvailable { get; init; }

    /// <summary>Nodes that run a pod and should not.</summary>
    public int NumberMisscheduled { get; init; }

    /// <summary>Nodes that should run a pod and have one ready.</summary>
    public int NumberReady { get; init; }

    /// <summary>Nodes that should run a pod and have none available.</summary>
    public int NumberUnavailable { get; init; }

    /// <summary>Generation that the controller last saw.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>Nodes that run a pod of the present template.</summary>
    public int UpdatedNumberScheduled { get; init; }
}
