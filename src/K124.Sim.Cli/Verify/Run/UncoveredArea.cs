using System.Text.Json;

namespace K124.Sim.Cli.Verify.Run;

/// <summary>An area of which the library has nothing yet: every case needs the area itself.</summary>
internal sealed class UncoveredArea(string area) : IAreaVerifier
{
    public string Area => area;

    public CaseOutcome Verify(string fileName, JsonElement testCase) => new CaseOutcome.NotCovered([area]);
}
