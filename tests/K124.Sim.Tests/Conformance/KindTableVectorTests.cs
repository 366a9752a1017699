namespace K124.Sim.Tests.Conformance;

public class KindTableVectorTests
{
    public static IEnumerable<object[]> Cases() => VectorFiles.Cases("kinds").Where(static entry => Path.GetFileName((string)entry[0]).StartsWith("table-", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_table_agrees(string file, int line, string id) => VectorFiles.AssertAgrees("kinds", file, line, id);
}
