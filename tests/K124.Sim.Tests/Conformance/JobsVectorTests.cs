using K124.Sim.Cli.Verify;

namespace K124.Sim.Tests.Conformance;

public class JobsVectorTests
{
    private static readonly JobsVerifier Verifier = new();

    public static IEnumerable<object[]> Cases() => VectorFiles.Cases("jobs");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_case_agrees(string file, int line, string id)
    {
        VectorFiles.AssertAgrees(Verifier, file, line, id);
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
                var outcome = Verifier.Verify(file.Replace(".jsonl", "-deadline-rearm.jsonl", StringComparison.Ordinal), document.RootElement);
                Assert.True(outcome is CaseOutcome.Agree, $"{id}: {outcome}");
                checkedCount++;
            }
        }

        Assert.True(checkedCount > 1_200);
    }
}
