using K124.Sim.Conformance.Run;

namespace K124.Sim.Tests.Conformance;

/// <summary>Recorded exchanges with the API server: no file may agree on fewer cases than it did.</summary>
public sealed class ApiServerVectorTests
{
    [Theory]
    [InlineData("delete.jsonl.gz", 27)]
    [InlineData("dry.jsonl.gz", 28)]
    [InlineData("lifecycle.jsonl.gz", 25)]
    [InlineData("list.jsonl.gz", 24)]
    [InlineData("patch.jsonl.gz", 27)]
    [InlineData("random-apply.jsonl.gz", 45)]
    [InlineData("random.jsonl.gz", 74)]
    [InlineData("ssa.jsonl.gz", 26)]
    [InlineData("status.jsonl.gz", 27)]
    [InlineData("special.jsonl.gz", 22)]
    [InlineData("variants.jsonl", 4)]
    [InlineData("kubectl.jsonl.gz", 140)]
    [InlineData("csharp.jsonl", 35)]
    public void Recorded_exchanges_agree(string file, int least)
    {
        var report = new ConformanceRun().Verify(Path.Combine(AppContext.BaseDirectory, "vectors", "apiserver", file));
        Assert.Null(report.Problem);
        Assert.Equal(0, report.NotCovered);
        Assert.True(report.Agree >= least, $"{report.Agree} of {report.Cases} cases agree");
    }
}
