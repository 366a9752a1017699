using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Admission;

/// <summary>Whether a webhook wants to see a request.</summary>
/// <remarks>Kubernetes 1.24 apiserver/pkg/admission/plugin/webhook.</remarks>
internal static class WebhookMatch
{
    private const string All = "*";

    /// <summary>The resource as which a webhook sees a request: the request's own, or another version of it that a rule names.</summary>
    /// <returns>The resource; null if the webhook does not want to see the request.</returns>
    public static ResourceType? Find(JsonObject webhook, AdmissionRequest request) =>
        MeetsNamespace(webhook.Object("namespaceSelector"), request) && MeetsObject(webhook.Object("objectSelector"), request)
            ? Covered(webhook, request)
            : null;

    private static ResourceType? Covered(JsonObject webhook, AdmissionRequest request)
    {
        if (webhook.Objects("rules").Any(rule => Covers(rule, request.Resource, request)))
        {
            return request.Resource;
        }

        return webhook.Text("matchPolicy") == "Exact" ? null : ResourceTypes.Instance.All.FirstOrDefault(
            other => IsEquivalent(other, request.Resource) && webhook.Objects("rules").Any(rule => Covers(rule, other, request)));
    }

    private static bool IsEquivalent(ResourceType other, ResourceType resource) =>
        other.Plural == resource.Plural && other.Kind == resource.Kind && other.IsServedByDefault && other.Version != resource.Version
        && (other.Group == resource.Group || resource.Kind == "Event");

    private static bool Covers(JsonObject rule, ResourceType resource, AdmissionRequest request)
    {
        var operation = request.Operation.ToString().ToUpperInvariant();
        return Has(rule, "operations", operation) && Has(rule, "apiGroups", resource.Group) && Has(rule, "apiVersions", resource.Version)
            && CoversScope(rule.Text("scope"), request) && rule.Texts("resources").Any(pattern => CoversResource(pattern, request));
    }

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
