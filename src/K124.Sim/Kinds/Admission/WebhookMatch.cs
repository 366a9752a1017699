using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Admission;

/// <summary>Whether a webhook wants to see a request.</summary>
/// <remarks>Kubernetes 1.24 apiserver/pkg/admission/plugin/webhook.</remarks>
internal static class WebhookMatch
{
    private const string All = "*";

    public static bool IsFor(JsonObject webhook, AdmissionRequest request) =>
        webhook.Objects("rules").Any(rule => Covers(rule, webhook, request))
        && MeetsNamespace(webhook.Object("namespaceSelector"), request)
        && MeetsObject(webhook.Object("objectSelector"), request);

    private static bool Covers(JsonObject rule, JsonObject webhook, AdmissionRequest request)
    {
        var operation = request.Operation.ToString().ToUpperInvariant();
        return Has(rule, "operations", operation) && Has(rule, "apiGroups", request.Resource.Group) && CoversVersion(rule, webhook, request.Resource)
            && CoversScope(rule.Text("scope"), request) && rule.Texts("resources").Any(pattern => CoversResource(pattern, request));
    }

    private static bool CoversVersion(JsonObject rule, JsonObject webhook, ResourceType resource) =>
        Has(rule, "apiVersions", resource.Version)
        || (webhook.Text("matchPolicy") != "Exact" && ResourceTypes.Instance.All.Any(
            other => other.Group == resource.Group && other.Plural == resource.Plural && other.IsServedByDefault && rule.Texts("apiVersions").Contains(other.Version)));

    private static bool CoversScope(string scope, AdmissionRequest request) => scope switch
    {
        "Namespaced" => request.Resource.IsNamespaced,
        "Cluster" => !request.Resource.IsNamespaced,
        _ => true,
    };

    private static bool CoversResource(string pattern, AdmissionRequest request)
    {
        var slash = pattern.IndexOf('/', StringComparison.Ordinal);
        var (resource, subresource) = slash < 0 ? (pattern, "") : (pattern[..slash], pattern[(slash + 1)..]);
        return (resource == All || resource == request.Resource.Plural) && (subresource == All || subresource == request.Subresource);
    }

    private static bool MeetsNamespace(JsonObject? selector, AdmissionRequest request)
    {
        if (selector is null || LabelMatch.IsEmpty(selector))
        {
            return true;
        }

        var isNamespace = request.Resource is { Group: "", Plural: "namespaces" };
        if (!isNamespace && request.Namespace.Length == 0)
        {
            return true;
        }

        var holder = isNamespace ? request.Object ?? request.OldObject : request.Context.Objects.Get("", "namespaces", "", request.Namespace);
        return LabelMatch.Matches(selector, holder.Object("metadata", "labels"));
    }

    private static bool MeetsObject(JsonObject? selector, AdmissionRequest request) =>
        selector is null || LabelMatch.IsEmpty(selector)
        || (request.Object is { } item && LabelMatch.Matches(selector, item.Object("metadata", "labels")))
        || (request.OldObject is { } old && LabelMatch.Matches(selector, old.Object("metadata", "labels")));

    private static bool Has(JsonObject rule, string member, string value)
    {
        var values = rule.Texts(member);
        return values.Contains(All) || values.Contains(value);
    }
}
