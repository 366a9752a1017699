namespace K124.Sim.Pods.Probes;

/// <summary>What of a pod decides how its containers end and come back.</summary>
internal sealed record PodEnding
{
    /// <summary>The restart policy that never starts a container again.</summary>
    public const string Never = "Never";

    /// <summary>The pod's restart policy.</summary>
    public string RestartPolicy { get; init; } = "Always";

    /// <summary>Whether the pod is being deleted.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Seconds its deletion gives; null if it is not being deleted.</summary>
    public long? DeletionGracePeriodSeconds { get; init; }

    /// <summary>Seconds its spec gives; null if it names none.</summary>
    public long? TerminationGracePeriodSeconds { get; init; }
}
