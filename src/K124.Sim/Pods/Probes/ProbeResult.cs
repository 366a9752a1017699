namespace K124.Sim.Pods.Probes;

/// <summary>What a worker has published of a container.</summary>
internal enum ProbeResult
{
    /// <summary>Nothing is known yet.</summary>
    Unknown,

    /// <summary>Not fine.</summary>
    Failure,

    /// <summary>Fine.</summary>
    Success,
}
