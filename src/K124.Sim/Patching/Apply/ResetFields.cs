using System.Collections.Frozen;
using K124.Sim.Patching.Fields;

namespace K124.Sim.Patching.Apply;

/// <summary>Which fields of which resources a write cannot set: status through the object itself, the rest through its status.</summary>
internal static class ResetFields
{
    private static readonly FieldSet Status = FieldSet.OfFields("status");
    private static readonly FieldSet Spec = FieldSet.OfFields("spec");
    private static readonly FieldSet MetadataAndSpec = FieldSet.OfFields("metadata").Union(Spec);

    // Resources that have a status of their own.
    private static readonly FrozenSet<string> WithStatus = new[]
    {
        "pods", "nodes", "namespaces", "services", "resourcequotas", "persistentvolumes", "persistentvolumeclaims", "replicationcontrollers",
        "apps/deployments", "apps/replicasets", "apps/statefulsets", "apps/daemonsets", "batch/jobs", "batch/cronjobs",
        "autoscaling/horizontalpodautoscalers", "policy/poddisruptionbudgets", "networking.k8s.io/ingresses", "networking.k8s.io/networkpolicies",
        "certificates.k8s.io/certificatesigningrequests", "flowcontrol.apiserver.k8s.io/flowschemas",
        "flowcontrol.apiserver.k8s.io/prioritylevelconfigurations", "storage.k8s.io/volumeattachments",
        "apiextensions.k8s.io/customresourcedefinitions", "apiregistration.k8s.io/apiservices",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The fields of a built-in resource, by version.</summary>
    /// <param name="group">Group; empty for the core group.</param>
    /// <param name="plural">Plural of the resource.</param>
    /// <param name="subresource">Subresource of the write; empty for the object itself.</param>
    /// <param name="apiVersions">The versions in which owners may name fields.</param>
    public static IReadOnlyDictionary<string, FieldSet> Of(string group, string plural, string subresource, IEnumerable<string> apiVersions)
    {
        var fields = Of(group.Length == 0 ? plural : $"{group}/{plural}", subresource);
        return fields.IsEmpty
            ? FrozenDictionary<string, FieldSet>.Empty
            : apiVersions.ToFrozenDictionary(static v => v, _ => fields, StringComparer.Ordinal);
    }

    /// <summary>The fields of a custom resource that has the status subresource.</summary>
    public static IReadOnlyDictionary<string, FieldSet> OfCustom(string subresource, string apiVersion) =>
        new Dictionary<string, FieldSet>(StringComparer.Ordinal) { [apiVersion] = subresource == "status" ? Spec : Status };

    private static FieldSet Of(string resource, string subresource)
    {
        if (!WithStatus.Contains(resource))
        {
            return FieldSet.Empty;
        }

        return (resource, subresource) switch
        {
            ("certificates.k8s.io/certificatesigningrequests", "status") => Spec.Union(FieldSet.OfFields("status", "conditions")),
            ("certificates.k8s.io/certificatesigningrequests", "approval") => Spec.Union(FieldSet.OfFields("status", "certificate")),
            (_, not "status") => Status,
            ("pods", _) => Spec.Union(FieldSet.OfFields("metadata", "deletionTimestamp")).Union(FieldSet.OfFields("metadata", "ownerReferences")),
            ("apps/deployments", _) => Spec.Union(FieldSet.OfFields("metadata", "labels")),
            ("storage.k8s.io/volumeattachments", _) => MetadataAndSpec,
            ("apiextensions.k8s.io/customresourcedefinitions", _) => MetadataAndSpec,
            ("apiregistration.k8s.io/apiservices", _) => MetadataAndSpec,
            _ => Spec,
        };
    }
}
