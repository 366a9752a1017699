namespace K124.Sim;

public readonly partial record struct KubernetesRelease
{
    /// <summary>Whether filtering a node stops at the first plugin that rejects it; before 1.24.10 every plugin ran.</summary>
    /// <remarks>kubernetes#114526.</remarks>
    public bool StopsAtFirstFailingFilter => Patch >= 10;

    /// <summary>Whether hard spread counts leave out nominated pods on nodes that the incoming pod may not use; before 1.24.4 they counted.</summary>
    /// <remarks>kubernetes#111511.</remarks>
    public bool SpreadIgnoresNominationsOnExcludedNodes => Patch >= 4;
}
