namespace K124.Sim.Tests.Conformance;

public class ControllersVectorTests
{
    public static IEnumerable<object[]> Cases => VectorFiles.Cases("controllers");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_case_agrees(string file, int line, string id)
    {
        VectorFiles.AssertAgrees("controllers", file, line, id);
    }
}
