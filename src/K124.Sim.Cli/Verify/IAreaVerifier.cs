using System.Text.Json;

namespace K124.Sim.Cli.Verify;

/// <summary>Runs the recorded cases of one area through the library.</summary>
internal interface IAreaVerifier
{
    /// <summary>Name of the folder that holds the area's recordings, for example <c>scheduler</c>.</summary>
    string Area { get; }

    /// <summary>Runs one case.</summary>
    /// <param name="fileName">File the case stands in, without folders; recordings of a later release are told by it.</param>
    /// <param name="testCase">The whole line. Reading is strict: what cannot be read is a difference.</param>
    /// <returns>The outcome.</returns>
    CaseOutcome Verify(string fileName, JsonElement testCase);
}
