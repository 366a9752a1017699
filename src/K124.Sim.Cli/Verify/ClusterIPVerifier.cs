using System.Text.Json;
using K124.Sim.Cli.Verify.ClusterIP;

namespace K124.Sim.Cli.Verify;

/// <summary>Runs the recorded cases of cluster-IP and node-port allocation.</summary>
internal sealed class ClusterIPVerifier : IAreaVerifier
{
    public string Area => "clusterip";

    public CaseOutcome Verify(string fileName, JsonElement testCase)
    {
        try
        {
            return fileName[..fileName.IndexOf('.', StringComparison.Ordinal)] switch
            {
                "ranges" => RangeCases.VerifyRange(testCase),
                "from-snapshot" => RangeCases.VerifyFromSnapshot(testCase),
                "sequences" or "sequences-1" => SequenceCases.Verify(testCase),
                "multi-apiserver" => MultiServerCases.Verify(testCase),
                "nodeport" => NodePortCases.Verify(testCase),
                "repair" => RepairCases.Verify(testCase),
                "service" => ServiceCases.Verify(testCase),
                _ => new CaseOutcome.NotCovered([$"cases of {fileName}"]),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            return new CaseOutcome.Differ([$"the case cannot be read: {exception.Message}"]);
        }
    }
}
