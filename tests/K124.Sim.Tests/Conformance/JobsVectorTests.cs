using K124.Sim.Conformance;
using K124.Sim.Conformance.Jobs;

namespace K124.Sim.Tests.Conformance;

public class JobsVectorTests
{
    private static readonly KubernetesRelease LastBeforeBackoff = KubernetesRelease.OfPatch(9);

    public static IEnumerable<object[]> Cases() => VectorFiles.Cases("jobs");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_case_agrees(string file, int line, string id)
    {
        VectorFiles.AssertAgrees("jobs", file, line, id);
    }

    /// <summary>What the later deadline timer does not change is the same until retries back off.</summary>
    [Fact]
    public void Cases_without_a_later_twin_agree_up_to_the_release_in_which_retries_back_off()
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
            else if (!twins.Contains(id) && !HasDeadlineWithoutTwin(file, document.RootElement) && (file.StartsWith("sync", StringComparison.Ordinal) || file.StartsWith("scenarios", StringComparison.Ordinal)))
            {
                var outcome = CaseOutcome.Of(file.StartsWith("sync", StringComparison.Ordinal)
                    ? JobCases.SyncDifferences(document.RootElement, LastBeforeBackoff)
                    : JobCases.ScenarioDifferences(document.RootElement, LastBeforeBackoff));
                Assert.True(outcome is CaseOutcome.Agree, $"{id}: {outcome}");
                checkedCount++;
            }
        }

        Assert.True(checkedCount > 1_200);
    }

    /// <summary>Later recordings have no twins: what has a deadline there depends on its timer.</summary>
    private static bool HasDeadlineWithoutTwin(string file, System.Text.Json.JsonElement testCase) =>
        file.StartsWith("scenarios-2", StringComparison.Ordinal) && testCase.GetRawText().Contains("eadline", StringComparison.Ordinal);
}
