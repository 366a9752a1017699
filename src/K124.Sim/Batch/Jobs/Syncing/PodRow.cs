namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>One pod as the controller reads it.</summary>
/// <param name="Phase">Its phase.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="Index">Completion index; −1 if it has none.</param>
/// <param name="CreatedTicks">UTC ticks of its creation; 0 if unknown.</param>
/// <param name="ReadyTicks">UTC ticks of the last change of its Ready condition; 0 if unknown.</param>
/// <param name="Restarts">Restarts of all containers, init containers included.</param>
/// <param name="MostRestarts">Restarts of the container that restarted most, init containers left out.</param>
internal readonly record struct PodRow(PodPhase Phase, PodFlags Flags, int Index, long CreatedTicks, long ReadyTicks, int Restarts, int MostRestarts);
