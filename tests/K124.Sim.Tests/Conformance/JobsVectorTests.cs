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
        Assert.NotEmpty(id);
        VectorFiles.AssertAgrees(Verifier, file, line);
    }
}
