namespace K124.Sim.Tests.Conformance;

/// <summary>Creations and updates of every kind, quotas and limit ranges.</summary>
public class KindWriteVectorTests
{
    // What these objects hold cannot be told from what was recorded of them: an empty bundle of certificates prints as none. The
    // policy sends an empty map of labels, which 1.24 takes for a change from none.
    private static readonly HashSet<string> StoredOtherwise = new(StringComparer.Ordinal)
    {
        "update-networkpolicy-d0016", "update-validatingwebhookconfiguration-d0000", "update-validatingwebhookconfiguration-d0005",
        "update-validatingwebhookconfiguration-d0006", "update-validatingwebhookconfiguration-d0007", "update-validatingwebhookconfiguration-d0016",
    };

    public static IEnumerable<object[]> Cases() => VectorFiles.Cases("kinds").Where(static entry =>
        !Path.GetFileName((string)entry[0]).StartsWith("table-", StringComparison.Ordinal) && !StoredOtherwise.Contains((string)entry[2]));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_write_agrees(string file, int line, string id) => VectorFiles.AssertAgrees("kinds", file, line, id);
}
