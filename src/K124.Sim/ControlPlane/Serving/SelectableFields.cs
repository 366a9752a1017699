using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>The fields that field selectors of a kind can name.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/*/*/conversion.go.</remarks>
internal sealed class SelectableFields
{
    private const string NameField = "metadata.name";
    private const string NamespaceField = "metadata.namespace";

    private static readonly string[] PodFields =
    [
        "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "status.phase", "status.podIP", "status.podIPs",
        "status.nominatedNodeName",
    ];

    private static readonly string[] EventFields =
    [
        "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
        "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
    ];

    private static readonly string[] NewEventFields =
    [
        "regarding.kind", "regarding.namespace", "regarding.name", "regarding.uid", "regarding.apiVersion", "regarding.resourceVersion",
        "regarding.fieldPath", "reason", "reportingController", "type", .. EventFields,
    ];

    private static readonly FrozenDictionary<(string Group, string Kind), SelectableFields> Kinds = new Dictionary<(string, string), SelectableFields>
    {
        [("", "Pod")] = new("Pod", PodFields),
        [("", "Node")] = new("Node", ["spec.unschedulable"]),
        [("", "ReplicationController")] = new("ReplicationController", ["status.replicas"]),
        [("", "Event")] = new("Event", EventFields),
        [("", "Namespace")] = new("Namespace", ["status.phase"]),
        [("", "Secret")] = new("Secret", ["type"]),
        [("apps", "ReplicaSet")] = new("ReplicaSet", ["status.replicas"], "field label {0} not supported for ReplicaSet"),
        [("batch", "Job")] = new("Job", ["status.successful"], "field label {0} not supported for Job"),
        [("batch", "CronJob")] = new("CronJob", [], "field label {0} not supported for \"CronJob\""),
        [("apps", "Deployment")] = new("Deployment", [], "field label {0} not supported for \"Deployment\""),
        [("apps", "StatefulSet")] = new("StatefulSet", [], "field label {0} not supported for \"StatefulSet\""),
        [("events.k8s.io", "Event")] = new("Event", NewEventFields),
        [("certificates.k8s.io", "CertificateSigningRequest")] = new("CertificateSigningRequest", ["spec.signerName"]),
    }.ToFrozenDictionary();

    private static readonly SelectableFields Plain = new("", [], null);

    private readonly string[] _fields;
    private readonly string _kind;
    private readonly string? _unknown;

    private SelectableFields(string kind, string[] fields, string? unknown = "field label not supported: {1}")
    {
        _kind = kind;
        _fields = fields;
        _unknown = unknown;
    }

    /// <summary>The fields of custom resources.</summary>
    public static SelectableFields Custom { get; } = new("", []);

    public static SelectableFields Of(string group, string kind) => Kinds.GetValueOrDefault((group, kind), Plain);

    /// <summary>Tells what is wrong with the fields of a selector; null if nothing is.</summary>
    public string? Check(FieldSelector selector)
    {
        foreach (var term in selector.Terms)
        {
            if (term.Field is not (NameField or NamespaceField) && !_fields.Contains(term.Field))
            {
                return _unknown is null
                    ? $"\"{term.Field}\" is not a known field selector: only \"{NameField}\", \"{NamespaceField}\""
                    : string.Format(CultureInfo.InvariantCulture, _unknown, $"\"{term.Field}\"", term.Field);
            }
        }

        return null;
    }

    /// <summary>The value of a field, as text.</summary>
    public string Value(JsonObject item, string field) => (_kind, field) switch
    {
        (_, NameField) => item.Object("metadata").Text("name"),
        (_, NamespaceField) => item.Object("metadata").Text("namespace"),
        ("Pod", "status.podIPs") => item.Object("status").Text("podIP"),
        ("Node", "spec.unschedulable") => item.Object("spec").Flag("unschedulable") ? "true" : "false",
        ("Job", "status.successful") => Number(item.Object("status"), "succeeded"),
        ("ReplicationController" or "ReplicaSet", "status.replicas") => Number(item.Object("status"), "replicas"),
        ("Event", "source") => Source(item),
        ("Event", "reportingComponent") => item.Text("reportingComponent") + item.Text("reportingController"),
        ("Event", _) when field.StartsWith("involvedObject.", StringComparison.Ordinal) => Involved(item, field["involvedObject.".Length..]),
        ("Event", _) when field.StartsWith("regarding.", StringComparison.Ordinal) => Involved(item, field["regarding.".Length..]),
        _ => AtPath(item, field),
    };

    private static string Involved(JsonObject item, string member) => (item.Object("involvedObject") ?? item.Object("regarding")).Text(member);

    private static string Source(JsonObject item)
    {
        var component = (item.Object("source") ?? item.Object("deprecatedSource")).Text("component");
        return component.Length > 0 ? component : item.Text("reportingComponent") + item.Text("reportingController");
    }

    private static string Number(JsonObject? parent, string name) => parent.Number(name).ToString(CultureInfo.InvariantCulture);

    private static string AtPath(JsonObject item, string path)
    {
        JsonNode? node = item;
        foreach (var part in path.Split('.'))
        {
            node = (node as JsonObject)?[part];
        }

        return JsonTree.AsText(node) ?? "";
    }
}
