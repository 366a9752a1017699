using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="StatefulSet"/>.</summary>
public sealed record StatefulSetStatus
{
    internal static readonly StatefulSetStatus Default = new();

    private readonly Items<Condition> _conditions;

    /// <summary>Pods that have been ready for long enough.</summary>
    public int AvailableReplicas { get; init; }

    /// <summary>Times a generated name was taken; null before the first.</summary>
    public int? CollisionCount { get; init; }

    /// <summary>Conditions, one a type.</summary>
    public ImmutableArray<Condition> Conditions { get => _conditions.Array; init => _conditions = new(value); }

    /// <summary>Pods of the present revision.</summary>
    public int CurrentReplicas { get; init; }

    /// <summary>Revision of the pods that are not updated.</summary>
    public string CurrentRevision { get; init => field = value ?? ""; } = "";

    /// <summary>Generation that the controller last saw.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>Pods that are ready.</summary>
    public int ReadyReplicas { get; init; }

    /// <summary>Pods that exist.</summary>
    public int Replicas { get; init; }

    /// <summary>Revision of the pods that are updated.</summary>
    public string UpdateRevision { get; init => field = value ?? ""; } = "";

    /// <summary>Pods of the present template.</summary>
    public int UpdatedReplicas { get; init; }
}
