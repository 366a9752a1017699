using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="Deployment"/>.</summary>
public sealed record DeploymentStatus
{
    internal static readonly DeploymentStatus Default = new();

    private readonly Items<Condition> _conditions;

    /// <summary>Pods that have been ready for long enough.</summary>
    public int AvailableReplicas { get; init; }

    /// <summary>Times a generated name was taken; null before the first.</summary>
    public int? CollisionCount { get; init; }

    /// <summary>Conditions, one a type.</summary>
    public ImmutableArray<Condition> Conditions { get => _conditions.Array; init => _conditions = new(value); }

    /// <summary>Generation that the controller last saw.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>Pods that are ready.</summary>
    public int ReadyReplicas { get; init; }

    /// <summary>Pods that exist.</summary>
    public int Replicas { get; init; }

    /// <summary>Pods that are still wanted to be available.</summary>
    public int UnavailableReplicas { get; init; }

    /// <summary>Pods of the present template.</summary>
    public int UpdatedReplicas { get; init; }
}
