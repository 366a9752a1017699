namespace K124.Sim.Batch.Jobs;

/// <summary>What a sync asks the API server to do with an existing pod.</summary>
public enum JobPodCallKind
{
    /// <summary>Delete the pod.</summary>
    Delete,

    /// <summary>Take the tracking finalizer off.</summary>
    RemoveFinalizer,

    /// <summary>Make the Job its controller; for a tracked Job, put the tracking finalizer on.</summary>
    Adopt,

    /// <summary>Take the Job's owner reference off; for a tracked Job, take the tracking finalizer off too.</summary>
    Release,
}
