namespace K124.Sim;

public readonly partial record struct KubernetesRelease
{
    /// <summary>Whether the fallback to the static band hands out the number of probe steps instead of the probed offset, and
    /// so duplicates; 1.24.0 only.</summary>
    /// <remarks>kubernetes#109927, fixed in the series by kubernetes#109940. It shows only with the ServiceIPStaticSubrange gate on.</remarks>
    public bool StaticBandFallbackDuplicates => Patch == 0;
}
