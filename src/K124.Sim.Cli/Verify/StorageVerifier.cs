using System.Text.Json;
using K124.Sim.Cli.Verify.Storage;

namespace K124.Sim.Cli.Verify;

/// <summary>Runs the recorded cases of storage.</summary>
internal sealed class StorageVerifier : IAreaVerifier
{
    public string Area => "storage";

    public CaseOutcome Verify(string fileName, JsonElement testCase) => fileName.Split('.')[0] switch
    {
        var name when name.StartsWith("decisions", StringComparison.Ordinal) => VolumeDecisionCase.Verify(testCase),
        var name when name.StartsWith("sequences", StringComparison.Ordinal) => VolumeSequenceCase.Verify(testCase),
        "ties" => VolumeDecisionCase.VerifyTies(testCase),
        "csi-translation" => CSITranslationCases.Verify(testCase),
        "expansion" => ExpansionCases.Verify(testCase),
        "pv-controller" => PVControllerCases.Verify(testCase),
        "pv-matching" => PVMatchingCases.Verify(testCase),
        _ => new CaseOutcome.NotCovered([$"cases of {fileName}"]),
    };
}
