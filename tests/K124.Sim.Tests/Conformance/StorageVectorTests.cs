using System.Text.Json;
using K124.Sim.Conformance;
using K124.Sim.Conformance.Storage;

namespace K124.Sim.Tests.Conformance;

public class StorageVectorTests
{
    private const string LaterRelease = "1.24.16";

    public static IEnumerable<object[]> Cases => VectorFiles.Cases("storage");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_case_agrees(string file, int line, string id) => VectorFiles.AssertAgrees("storage", file, line, id);

    /// <summary>Decisions recorded at 1.24.4 whose recording at 1.24.16 is the same: they have no twin in the files of that release.</summary>
    [Fact]
    public void Decisions_without_a_later_twin_agree_at_the_later_release_too()
    {
        var release = KubernetesRelease.Parse(LaterRelease);
        var lines = VectorFiles.All("storage").Where(static line => line.File.StartsWith("decisions", StringComparison.Ordinal) || line.File.StartsWith("sequences", StringComparison.Ordinal)).ToArray();
        var twins = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, text) in lines.Where(static line => line.File.Contains(LaterRelease, StringComparison.Ordinal)))
        {
            using var document = JsonDocument.Parse(text);
            twins.Add(document.RootElement.GetProperty("baseId").GetString()!);
        }

        var checkedCount = 0;
        // What was recorded of errors alone is recorded for one release.
        foreach (var (file, text) in lines.Where(static line => !line.File.Contains(LaterRelease, StringComparison.Ordinal) && !line.File.Contains("-2.", StringComparison.Ordinal)))
        {
            using var document = JsonDocument.Parse(text);
            var id = document.RootElement.GetProperty("id").GetString()!;
            if (!twins.Contains(id))
            {
                var outcome = file.StartsWith("sequences", StringComparison.Ordinal)
                    ? VolumeSequenceCase.Verify(document.RootElement, release)
                    : VolumeDecisionCase.Verify(document.RootElement, release);
                Assert.True(outcome is CaseOutcome.Agree, $"{id}: {outcome}");
                checkedCount++;
            }
        }

        Assert.Equal(520 + 54 + 117, checkedCount);
    }
}
