namespace K124.Sim.Pods.Probes;

/// <summary>What one attempt of a worker did.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Calls">How often the handler was asked.</param>
/// <param name="Event">Type, reason and message of its event; null if there is none.</param>
/// <param name="NeedsSync">Whether the kubelet looks at the pod at once.</param>
/// <param name="HasEnded">Whether the worker is gone.</param>
/// <param name="IsManual">Whether the kubelet asked for it, rather than the period.</param>
internal readonly record struct ProbeStep(
    ProbeWorker Worker,
    int Calls = 0,
    string? Event = null,
    bool NeedsSync = false,
    bool HasEnded = false,
    bool IsManual = false);
