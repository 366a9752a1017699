namespace K124.Sim;

public readonly partial record struct KubernetesRelease
{
    /// <summary>Whether every sync of a Job with an active deadline arms the deadline timer anew; before 1.24.3 it was armed once, at the first start.</summary>
    /// <remarks>kubernetes#110294.</remarks>
    public bool RearmsJobDeadline => Patch >= 3;
}
