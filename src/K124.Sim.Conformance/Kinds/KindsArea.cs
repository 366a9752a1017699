namespace K124.Sim.Conformance.Kinds;

/// <summary>Recorded answers to objects of each kind: defaults, validation, admission, tables.</summary>
internal static class KindsArea
{
    // One line a verifier, each in a file of its own.
    public static Area Area { get; } = new(
        "kinds",
        [
            TableCases.Verifier,
        ]);
}
