namespace K124.Sim.Conformance;

/// <summary>Runs the recorded cases of some files of an area through the library.</summary>
internal interface IFileVerifier
{
    /// <summary>Whether the cases of a file are this verifier's.</summary>
    /// <param name="fileName">Name of the file without folders, for example <c>create-pod.jsonl.gz</c>.</param>
    bool Covers(string fileName);

    /// <summary>Runs one case. Reading is strict: what cannot be read is a difference, and an exception says so.</summary>
    CaseOutcome Verify(RecordedCase testCase);
}
