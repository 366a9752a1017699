using System.Collections.Immutable;

namespace K124.Sim.Conformance;

/// <summary>A part of Kubernetes whose decisions were recorded.</summary>
/// <param name="Name">Name of the folder that holds the recordings, for example <c>scheduler</c>.</param>
/// <param name="Verifiers">What runs its files; the first that covers a file does.</param>
internal sealed record Area(string Name, ImmutableArray<IFileVerifier> Verifiers)
{
    public IFileVerifier? VerifierOf(string fileName) => Verifiers.FirstOrDefault(verifier => verifier.Covers(fileName));

    /// <summary>Runs one case; without a verifier for its file it is not covered.</summary>
    public CaseOutcome Verify(RecordedCase testCase) => VerifierOf(testCase.File.Name) is { } verifier
        ? verifier.Verify(testCase)
        : new CaseOutcome.NotCovered([NotCoveredFile(testCase.File.Name)]);

    public static string NotCoveredFile(string fileName) => $"cases of {fileName}";
}
