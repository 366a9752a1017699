namespace K124.Sim.Scheduling.Queue;

/// <summary>Where in the scheduling queue a pod is.</summary>
public enum QueuedPodPlace
{
    /// <summary>Nowhere: it is being scheduled, or has left the queue.</summary>
    None,

    /// <summary>It will be tried in its turn.</summary>
    Active,

    /// <summary>It will be tried once its time has come.</summary>
    Backoff,

    /// <summary>It waits for an event.</summary>
    Unschedulable,
}
