using System.Text.Json;

namespace K124.Sim.Cli.Verify;

internal sealed partial class JobsVerifier
{

    private static IEnumerable<string> ApiDifferences(JsonElement testCase) => ["todo"];

    private static IEnumerable<string> TtlDifferences(JsonElement testCase) => ["todo"];
}
