namespace K124.Sim.Conformance.Kinds;

/// <summary>Recorded answers to objects of each kind: defaults, validation, admission, tables.</summary>
internal static class KindsArea
{
    // One line a verifier, each in a file of its own.
    public static Area Area { get; } = new(
        "kinds",
        [
            TableCases.Verifier,
            new FileVerifier("create-*", WriteCases.Create),
            new FileVerifier("update-*", WriteCases.Update),
            new FileVerifier("limitrange", LimitRangeCases.Verify),
            new FileVerifier("quota", QuotaCases.Verify),
        ]);
}
