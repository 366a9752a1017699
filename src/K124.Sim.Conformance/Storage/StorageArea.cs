namespace K124.Sim.Conformance.Storage;

/// <summary>Recorded decisions about volumes.</summary>
internal static class StorageArea
{
    public static Area Area { get; } = new(
        "storage",
        [
            new FileVerifier("decisions*", static testCase => VolumeDecisionCase.Verify(testCase.Json)),
            new FileVerifier("sequences*", static testCase => VolumeSequenceCase.Verify(testCase.Json)),
            new FileVerifier("ties*", static testCase => VolumeDecisionCase.VerifyTies(testCase.Json)),
            new FileVerifier("csi-translation*", static testCase => CSITranslationCases.Verify(testCase.Json)),
            new FileVerifier("expansion*", static testCase => ExpansionCases.Verify(testCase.Json)),
            new FileVerifier("pv-controller*", static testCase => PVControllerCases.Verify(testCase.Json)),
            new FileVerifier("pv-matching*", static testCase => PVMatchingCases.Verify(testCase.Json)),
        ]);
}
