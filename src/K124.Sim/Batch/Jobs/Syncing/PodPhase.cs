namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>Phase of a pod; a phase that Kubernetes does not know is <see cref="None"/>, which it treats like an empty one.</summary>
internal enum PodPhase : byte
{
    None,
    Pending,
    Running,
    Succeeded,
    Failed,
    Unknown,
}
