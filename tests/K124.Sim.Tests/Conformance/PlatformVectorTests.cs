namespace K124.Sim.Tests.Conformance;

public class PlatformVectorTests
{
    public static IEnumerable<object[]> Cases => VectorFiles.Cases("platform");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_case_agrees(string file, int line, string id)
    {
        VectorFiles.AssertAgrees("platform", file, line, id);
    }
}
