using K124.Sim.Cli.Verify;

namespace K124.Sim.Tests.Conformance;

public class StorageVectorTests
{
    public static IEnumerable<object[]> Cases => VectorFiles.Cases("storage");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_case_agrees(string file, int line, string id) => VectorFiles.AssertAgrees(new StorageVerifier(), file, line, id);
}
