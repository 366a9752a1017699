using System.Text.Json.Nodes;
using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Decides by the roles and bindings that are stored.</summary>
/// <remarks>Kubernetes 1.24 plugin/pkg/auth/authorizer/rbac.</remarks>
internal sealed class RbacAuthorizer(IObjectReader objects)
{
    private const string Group = "rbac.authorization.k8s.io";
    private const string All = "*";

    /// <summary>Whether somebody may do something.</summary>
    /// <param name="user">Who.</param>
    /// <param name="attributes">What.</param>
    /// <param name="reason">By which binding.</param>
    public bool Allows(UserInfo user, AccessAttributes attributes, out string reason)
    {
        foreach (var (rules, why) in Grants(user, attributes.Namespace))
        {
            if (rules.Any(rule => Covers(rule, attributes)))
            {
                reason = why();
                return true;
            }
        }

        reason = "";
        return false;
    }

    /// <summary>The rules that apply to somebody in a namespace.</summary>
    public IEnumerable<JsonObject> RulesOf(UserInfo user, string ns) => Grants(user, ns).SelectMany(grant => grant.Rules);

    /// <summary>Whether a rule allows something.</summary>
    public static bool Covers(JsonObject rule, AccessAttributes attributes) =>
        Has(rule, "verbs", attributes.Verb) && (attributes.IsResource ? CoversResource(rule, attributes) : CoversPath(rule, attributes.Path));

    /// <summary>The rules of the role that a binding refers to; null if there is no such role.</summary>
    public IReadOnlyList<JsonObject>? RulesOfRole(JsonObject? roleRef, string ns)
    {
        var role = roleRef.Text("kind") == "ClusterRole"
            ? objects.Get(Group, "clusterroles", "", roleRef.Text("name"))
            : objects.Get(Group, "roles", ns, roleRef.Text("name"));
        return role is null ? null : [.. role.Objects("rules")];
    }

    private IEnumerable<(IReadOnlyList<JsonObject> Rules, Func<string> Why)> Grants(UserInfo user, string ns)
    {
        foreach (var binding in objects.List(Group, "clusterrolebindings", ""))
        {
            if (SubjectOf(binding, user, "") is { } subject && RulesOfRole(binding.Object("roleRef"), "") is { } rules)
            {
                yield return (rules, () => $"RBAC: allowed by ClusterRoleBinding \"{NameOf(binding)}\" of {RoleOf(binding)} to {Describe(subject, "")}");
            }
        }

        if (ns.Length == 0)
        {
            yield break;
        }

        foreach (var binding in objects.List(Group, "rolebindings", ns))
        {
            if (SubjectOf(binding, user, ns) is { } subject && RulesOfRole(binding.Object("roleRef"), ns) is { } rules)
            {
                yield return (rules, () => $"RBAC: allowed by RoleBinding \"{NameOf(binding)}/{ns}\" of {RoleOf(binding)} to {Describe(subject, ns)}");
            }
        }
    }

    private static string NameOf(JsonObject binding) => binding.Object("metadata").Text("name");

    private static string RoleOf(JsonObject binding) => $"{binding.Object("roleRef").Text("kind")} \"{binding.Object("roleRef").Text("name")}\"";

    private static string Describe(JsonObject subject, string ns) => subject.Text("kind") == "ServiceAccount"
        ? $"ServiceAccount \"{subject.Text("name")}/{NamespaceOf(subject, ns)}\""
        : $"{subject.Text("kind")} \"{subject.Text("name")}\"";

    private static JsonObject? SubjectOf(JsonObject binding, UserInfo user, string ns)
    {
        foreach (var subject in binding.Objects("subjects"))
        {
            var name = subject.Text("name");
            var matches = subject.Text("kind") switch
            {
                "User" => user.Name == name,
                "Group" => user.Groups.Contains(name),
                "ServiceAccount" => user.Name == $"system:serviceaccount:{NamespaceOf(subject, ns)}:{name}",
                _ => false,
            };
            if (matches)
            {
                return subject;
            }
        }

        return null;
    }

    private static string NamespaceOf(JsonObject subject, string ns) => subject.Text("namespace") is { Length: > 0 } own ? own : ns;

    private static bool CoversResource(JsonObject rule, AccessAttributes attributes)
    {
        if (!Has(rule, "apiGroups", attributes.Group))
        {
            return false;
        }

        var names = rule.Texts("resourceNames");
        if (names.Count > 0 && !names.Contains(attributes.Name))
        {
            return false;
        }

        var resources = rule.Texts("resources");
        return resources.Contains(All) || resources.Contains(attributes.FullResource)
            || (attributes.Subresource.Length > 0 && resources.Contains($"*/{attributes.Subresource}"));
    }

    private static bool CoversPath(JsonObject rule, string path) => rule.Texts("nonResourceURLs").Any(pattern =>
        pattern == All || pattern == path || (pattern.EndsWith('*') && path.StartsWith(pattern.TrimEnd('*'), StringComparison.Ordinal)));

    private static bool Has(JsonObject rule, string member, string value)
    {
        var values = rule.Texts(member);
        return values.Contains(All) || values.Contains(value);
    }
}
