using System.Text.Json;
using K124.Sim.Conformance;
using K124.Sim.Conformance.Scheduler;

namespace K124.Sim.Tests.Conformance;

public sealed class SchedulerVectorTests
{
    private const string Area = "scheduler";
    private const string LaterRelease = "1.24.16";

    public static IEnumerable<object[]> Cases => VectorFiles.Cases(Area);

    /// <summary>Cases recorded at 1.24.4 whose recording at 1.24.16 is the same: they have no twin in the files of that release.</summary>
    public static IEnumerable<object[]> CasesWithoutTwin()
    {
        var twins = Cases.Where(IsTwin).Select(static testCase => testCase[2]).ToHashSet();
        return Cases.Where(testCase => !IsTwin(testCase) && !IsOfOneRelease(testCase) && !twins.Contains(testCase[2]));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_case_agrees_at_its_release(string file, int line, string id) => VectorFiles.AssertAgrees(Area, file, line, id);

    [Theory]
    [MemberData(nameof(CasesWithoutTwin))]
    public void Case_without_twin_agrees_at_the_later_release(string file, int line, string id) =>
        VectorFiles.AssertAgrees(static testCase => SchedulerCases.Verify(testCase.Json, KubernetesRelease.Parse(LaterRelease)), file, line, id);

    [Fact]
    public void Unknown_member_of_a_case_is_refused()
    {
        using var document = JsonDocument.Parse("""{"id":"x","cluster":{},"pod":{},"expect":{},"surprise":1}""");
        Assert.Throws<JsonException>(() => SchedulerCases.Verify(document.RootElement));
    }

    [Fact]
    public void Altered_expectation_is_a_difference()
    {
        using var document = JsonDocument.Parse(
            """{"id":"x","cluster":{},"pod":{"metadata":{"name":"p","namespace":"default"}},"expect":{"result":"unschedulable","feasible":[],"message":"another text"}}""");
        var differ = Assert.IsType<CaseOutcome.Differ>(SchedulerCases.Verify(document.RootElement));
        Assert.Equal("message: recorded another text, answered no nodes available to schedule pods", string.Join('\n', differ.Details));
    }

    /// <summary>Cases with configurations and limits of their own were recorded at one release, without a word on the other.</summary>
    private static bool IsOfOneRelease(object[] testCase) => ((string)testCase[0]).Contains("snapshot-config", StringComparison.Ordinal)
        || ((string)testCase[0]).Contains("snapshot-limits", StringComparison.Ordinal);

    private static bool IsTwin(object[] testCase) => ((string)testCase[0]).Contains(LaterRelease, StringComparison.Ordinal);
}
