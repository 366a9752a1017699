namespace K124.Sim.Pods.Probes;

/// <summary>What one call of a probe's handler came to.</summary>
internal enum ProbeVerdict
{
    /// <summary>Fine.</summary>
    Success,

    /// <summary>Counts as fine, and is told in an event.</summary>
    Warning,

    /// <summary>Not fine.</summary>
    Failure,

    /// <summary>Cannot be told; without an error it counts as not fine.</summary>
    Unknown,
}
