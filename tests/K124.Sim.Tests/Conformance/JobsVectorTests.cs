using K124.Sim.Conformance;
using K124.Sim.Conformance.Jobs;

namespace K124.Sim.Tests.Conformance;

public class JobsVectorTests
{
    public static IEnumerable<object[]> Cases() => VectorFiles.Cases("jobs");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_case_agrees(string file, int line, string id)
    {
        VectorFiles.AssertAgrees("jobs", file, line, id);
    }

    /// <summary>What the later deadline timer does not change is the same at the newest release.</summary>
    [Fact]
    public void Cases_without_a_later_twin_agree_at_the_newest_release_too()
    {
        var twins = new HashSet<string>(StringComparer.Ordinal);
        var checkedCount = 0;
        foreach (var (file, text) in VectorFiles.All("jobs").OrderByDescending(line => line.File.Contains("rearm", StringComparison.Ordinal)))
        {
            using var document = System.Text.Json.JsonDocument.Parse(text);
            var id = document.RootElement.GetProperty("id").GetString()!;
            if (file.Contains("rearm", StringComparison.Ordinal))
            {
                twins.Add(document.RootElement.GetProperty("baseId").GetString()!);
            }
            else if (!twins.Contains(id) && (file.StartsWith("sync", StringComparison.Ordinal) || file.StartsWith("scenarios", StringComparison.Ordinal)))
            {
                var outcome = CaseOutcome.Of(file.StartsWith("sync", StringComparison.Ordinal)
                    ? JobCases.SyncDifferences(document.RootElement, KubernetesRelease.Newest)
                    : JobCases.ScenarioDifferences(document.RootElement, KubernetesRelease.Newest));
                Assert.True(outcome is CaseOutcome.Agree, $"{id}: {outcome}");
                checkedCount++;
            }
        }

        Assert.True(checkedCount > 1_200);
    }
}
