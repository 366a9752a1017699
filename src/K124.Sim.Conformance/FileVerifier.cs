namespace K124.Sim.Conformance;

/// <summary>A verifier that is a function, for the files whose name matches a pattern.</summary>
/// <param name="pattern">Name without <c>.jsonl</c> or <c>.jsonl.gz</c>; a star at its end stands for any rest, none included.</param>
/// <param name="verify">Runs one case.</param>
internal sealed class FileVerifier(string pattern, Func<RecordedCase, CaseOutcome> verify) : IFileVerifier
{
    private const char AnyRest = '*';

    public bool Covers(string fileName)
    {
        var stem = RecordedFile.StemOf(fileName);
        return pattern.EndsWith(AnyRest) ? stem.StartsWith(pattern[..^1], StringComparison.Ordinal) : stem == pattern;
    }

    public CaseOutcome Verify(RecordedCase testCase) => verify(testCase);
}
