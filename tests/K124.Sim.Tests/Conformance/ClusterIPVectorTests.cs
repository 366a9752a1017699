namespace K124.Sim.Tests.Conformance;

public class ClusterIPVectorTests
{
    public static IEnumerable<object[]> Cases => VectorFiles.Cases("clusterip");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_case_agrees(string file, int line, string id)
    {
        VectorFiles.AssertAgrees("clusterip", file, line, id);
    }
}
