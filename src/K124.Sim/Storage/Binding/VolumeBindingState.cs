namespace K124.Sim.Storage.Binding;

/// <summary>How far the binding of a pod's volumes has come.</summary>
/// <param name="IsComplete">Whether all claims are bound.</param>
/// <param name="Error">Why it has failed; null if it has not. If it is neither complete nor failed, ask again after the next change.</param>
public readonly record struct VolumeBindingState(bool IsComplete, string? Error)
{
    /// <summary>Neither complete nor failed.</summary>
    public static VolumeBindingState Waiting => default;
}
