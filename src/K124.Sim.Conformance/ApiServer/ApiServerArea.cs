namespace K124.Sim.Conformance.ApiServer;

/// <summary>Recorded transcripts of requests to the API server.</summary>
internal static class ApiServerArea
{
    // One line a verifier, each in a file of its own.
    public static Area Area { get; } = new(
        "apiserver",
        [
            new FileVerifier("variants", TranscriptCases.VerifyVariant),
            new FileVerifier("kubectl", TranscriptCases.VerifySession),
            new FileVerifier("csharp", TranscriptCases.VerifySession),
            new FileVerifier("*", TranscriptCases.Verify),
        ]);
}
