using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="ReplicaSet"/>.</summary>
public sealed record ReplicaSetStatus
{
    internal static readonly ReplicaSetStatus Default = new();

    private readonly Items<Condition> _conditions;

    /// <summary>Pods that have been ready for long enough.</summary>
    public int AvailableReplicas { get; init; }

    /// <summary>Conditions, one a type.</summary>
    public ImmutableArray<Condition> Conditions { get => _conditions.Array; init => _conditions = new(value); }

    /// <summary>Pods that carry all labels of the template.</summary>
    public int FullyLabeledReplicas { get; init; }

    /// <summary>Generation that the controller last saw.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>Pods that are ready.</summary>
    public int ReadyReplicas { get; init; }

    /// <summary>Pods that exist.</summary>
    public int Replicas { get; init; }
}
