namespace K124.Sim.Pods.Probes;

/// <summary>The answer of a probe's handler.</summary>
/// <param name="Verdict">What it came to.</param>
/// <param name="Output">Text that goes into the event.</param>
/// <param name="Error">Why it could not be asked; such a call is made again. Null if it could.</param>
internal readonly record struct ProbeAnswer(ProbeVerdict Verdict, string Output, string? Error = null)
{
    /// <summary>An answer that counts as not fine.</summary>
    public static ProbeAnswer Failed(string output) => new(ProbeVerdict.Failure, output);

    /// <summary>An answer that counts as fine.</summary>
    public static ProbeAnswer Succeeded(string output) => new(ProbeVerdict.Success, output);
}
