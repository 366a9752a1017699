namespace K124.Sim.Conformance.Platform;

/// <summary>Recorded decisions of the parts beneath: gates, caches, leader election, certificates, probes.</summary>
internal static class PlatformArea
{
    // One line a verifier, each in a file of its own.
    public static Area Area { get; } = new(
        "platform",
        [
        ]);
}
